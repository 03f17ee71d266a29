using System.Globalization;
using System.Text.RegularExpressions;

namespace Kith.Core.Filters;

/// <summary>Times as filters write them: ISO 8601 with <c>Z</c>, an offset or neither (UTC), with T or a space, or a date alone.</summary>
internal static partial class FilterTime
{
    private static readonly string[] Formats =
        ["yyyy-MM-dd", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"];

    /// <summary>The time as a <see cref="Timestamp"/>, or null.</summary>
    public static string? Normalise(string text)
    {
        // .NET reads seven decimals at most; stored times have six.
        var parts = LongFraction().Replace(text.Trim(), "$1");
        if (parts.Length > 10 && (parts[10] is ' ' or 't'))
            parts = $"{parts[..10]}T{parts[11..]}";
        return DateTimeOffset.TryParseExact(parts, Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? Timestamp.Of(time)
            : null;
    }

    [GeneratedRegex(@"(\.[0-9]{7})[0-9]+")]
    private static partial Regex LongFraction();
}
