using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Discord;

internal static class DiscordPlace
{
    private static readonly long?[] Threads = [10, 11, 12];

    /// <summary>Where an interaction happened; null where it does not say.</summary>
    public static ChatPlace? Of(Payload body)
    {
        var channel = body["channel"];
        if ((channel["id"].Id ?? body["channel_id"].Id) is not { } id)
            return null;
        if (body["guild_id"].Id is not { } guild)
            return new ChatPlace(id, IsDirect: true);
        return Threads.Contains(channel["type"].Number) && channel["parent_id"].Id is { } parent ? new ChatPlace($"{guild}_{parent}", id) : new ChatPlace($"{guild}_{id}");
    }
}
