using System.Globalization;

namespace Kith.Http.Eliza;

/// <summary>Times leave this door in UTC with milliseconds (spec eliza-sessions §3).</summary>
internal static class WireTime
{
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
