using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;

namespace Kith.Http.Hooks.Discord;

/// <summary>The commands <c>/remember</c>, <c>/recall</c> and <c>/forget</c>, and a message command that remembers a message.</summary>
internal static class DiscordCommands
{
    private const int MessageCommand = 3;
    private const string Forget = "kith.forget:";
    private const string Keep = "kith.keep";

    public static HookReading Of(Payload body, OpenConnection connection, DateTimeOffset now)
    {
        var data = body["data"];
        if (DiscordPlace.Of(body) is not { } place || DiscordPeople.Of(body) is not { } person || body["id"].Id is not { } id)
            return HookReading.Nothing;
        if (data["type"].Number == MessageCommand)
            return Remember(data["resolved"]["messages"][data["target_id"].Id ?? ""], place, now);

        var text = data["options"].Items.Select(option => option["value"].Text).FirstOrDefault(value => value is not null);
        return (data["name"].Text?.ToLowerInvariant(), text) switch
        {
            ("remember", { } said) => new(DiscordAnswers.Say("Remembered."), new PlatformEvent.Said(place, $"interaction/{id}", person, said, DiscordTime.Of(id) ?? now)),
            ("recall", { } question) => new(DiscordAnswers.Later, new PlatformEvent.Said(place, $"interaction/{id}", person, question, DiscordTime.Of(id) ?? now)
            {
                IsAddressed = true,
                DemandsReply = true,
                ReplyTo = To(body, connection),
            }),
            ("forget", _) => new(DiscordAnswers.Ask("Everything that you said here and that was learnt from it will be erased. This cannot be taken back.", Forget + person.Id, Keep)),
            ("remember" or "recall", null) => new(DiscordAnswers.Say("Say what: the command needs a text.")),
            _ => new(DiscordAnswers.Say("Kith knows /remember, /recall and /forget.")),
        };
    }

    /// <summary>A button is as good as the person who pressed it: what another was asked is nobody's to confirm.</summary>
    public static HookReading Pressed(Payload body) => (DiscordPeople.Of(body), body["data"]["custom_id"].Text) switch
    {
        ({ } person, { } pressed) when pressed == Forget + person.Id => new(DiscordAnswers.Replace("Everything of yours is being erased."), new PlatformEvent.Forget(person)),
        (_, Keep) => new(DiscordAnswers.Replace("Nothing was erased.")),
        _ => new(DiscordAnswers.Say("This button is not yours.")),
    };

    private static HookReading Remember(Payload message, ChatPlace place, DateTimeOffset now) => DiscordMessage.Of(message, place, now) is { } said
        ? new(DiscordAnswers.Say("Remembered."), said)
        : new(DiscordAnswers.Say("There is nothing to remember in this message."));

    /// <summary>The token is good for 15 minutes and for this one answer.</summary>
    private static JsonElement? To(Payload body, OpenConnection connection) => (body["application_id"].Id ?? connection.Setting("application_id"), body["token"].Text) is ({ } application, { } token)
        ? JsonElement.Parse(new JsonObject { ["application_id"] = application, ["token"] = token }.ToJsonString())
        : null;
}
