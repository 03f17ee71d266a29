using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Discord;

internal static class DiscordPeople
{
    /// <summary>Who did something; null where it does not say.</summary>
    public static Person? Of(Payload body)
    {
        var user = body["member"]["user"] is { IsObject: true } member ? member : body["user"];
        return Of(user, body["member"]["nick"].Text);
    }

    /// <param name="nick">What the person is called in one server.</param>
    public static Person? Of(Payload user, string? nick) =>
        user["id"].Id is { } id ? new Person(id, nick ?? user["global_name"].Text ?? user["username"].Text, user["bot"].IsTrue) : null;
}
