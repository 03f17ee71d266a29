using System.Globalization;

namespace Kith.Http.Hooks;

/// <summary>Times as platforms write them. Those that no message can have are nothing.</summary>
internal static class PlatformTime
{
    private static readonly DateTimeOffset Earliest = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Latest = new(2200, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset? OfSeconds(decimal seconds) =>
        seconds >= Earliest.ToUnixTimeSeconds() && seconds <= Latest.ToUnixTimeSeconds() ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)) : null;

    /// <summary>Seconds with a fraction, as text.</summary>
    public static DateTimeOffset? OfSeconds(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) ? OfSeconds(seconds) : null;

    /// <summary>ISO 8601.</summary>
    public static DateTimeOffset? OfText(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && time >= Earliest && time <= Latest ? time.ToUniversalTime() : null;
}
