using System.Globalization;

namespace Kith.Http.Hooks.Discord;

internal static class DiscordTime
{
    private const long Epoch = 1_420_070_400_000;
    private const int TimeShift = 22;

    /// <summary>When something was made: its id says so.</summary>
    public static DateTimeOffset? Of(string id) =>
        ulong.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var snowflake) ? DateTimeOffset.FromUnixTimeMilliseconds((long)(snowflake >> TimeShift) + Epoch) : null;
}
