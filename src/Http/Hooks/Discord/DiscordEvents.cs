using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Discord;

/// <summary>Webhook events: messages of lobbies and direct messages of games. Ordinary channels come through the gateway only (docs/platforms/discord.md).</summary>
internal static class DiscordEvents
{
    private static readonly string[] Written = ["LOBBY_MESSAGE_CREATE", "LOBBY_MESSAGE_UPDATE", "GAME_DIRECT_MESSAGE_CREATE", "GAME_DIRECT_MESSAGE_UPDATE"];
    private static readonly string[] Deleted = ["LOBBY_MESSAGE_DELETE", "GAME_DIRECT_MESSAGE_DELETE"];

    public static IEnumerable<PlatformEvent> Of(Payload happened, DateTimeOffset now)
    {
        var data = happened["data"];
        var lobby = data["lobby_id"].Id;
        if ((lobby ?? data["channel_id"].Id) is not { } channel)
            yield break;

        var place = new ChatPlace(lobby is null ? channel : $"lobby_{channel}", IsDirect: lobby is null);
        var type = happened["type"].Text;
        if (Written.Contains(type) && DiscordMessage.Of(data, place, now) is { } said)
            yield return said;
        if (Deleted.Contains(type) && data["id"].Id is { } id)
            yield return new PlatformEvent.Deleted(place, DiscordMessage.KeyOf(id), DiscordTime.Of(id) ?? now);
    }
}
