using System.Globalization;
using System.Text.Json;

namespace Kith.Http.Eliza.Requests;

/// <summary>Numbers as JavaScript reads them, which is what clients of this protocol rely on.</summary>
internal static class JsNumber
{
    /// <summary>As <c>Number(value)</c> does; NaN where that has no finite value.</summary>
    public static double Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.Null or JsonValueKind.False => 0,
        JsonValueKind.True => 1,
        JsonValueKind.String => OfText(value.GetString()!.Trim()),
        _ => double.NaN,
    };

    /// <summary>The whole number at the start of the text, as <c>parseInt(text, 10)</c> does; null when there is none. Saturates.</summary>
    public static long? Leading(string text)
    {
        var digits = text.AsSpan().TrimStart();
        var isNegative = digits is ['-', ..];
        if (digits is ['-' or '+', ..])
            digits = digits[1..];
        var end = digits.IndexOfAnyExceptInRange('0', '9');
        if (end >= 0)
            digits = digits[..end];
        if (digits.IsEmpty)
            return null;
        var number = long.TryParse(digits, CultureInfo.InvariantCulture, out var parsed) ? parsed : long.MaxValue;
        return isNegative ? -number : number;
    }

    private static double OfText(string text)
    {
        if (text.Length == 0)
            return 0;
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            return ulong.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;
        const NumberStyles Decimal = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        return double.TryParse(text, Decimal, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? real : double.NaN;
    }
}
