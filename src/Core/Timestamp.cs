using System.Globalization;

namespace Kith.Core;

/// <summary>Stored times: RFC 3339, UTC, always six decimals (27 characters), so that text order is time order.</summary>
public static class Timestamp
{
    private const string Format = "yyyy-MM-ddTHH:mm:ss.ffffffZ";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static DateTimeOffset Parse(string text) =>
        DateTimeOffset.ParseExact(text, Format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
