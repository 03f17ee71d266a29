using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Platforms;
using Kith.Http.Schema;

namespace Kith.Http.Hooks.Teams;

/// <summary>Activities of Azure Bot Service: Teams, and whatever else a bot is connected to there. The proof is a token of the service.</summary>
internal sealed class TeamsHook(BotTokens tokens) : IHook
{
    private const string Bearer = "Bearer ";
    private const string ThreadMark = ";messageid=";

    public Platform Platform => Platform.Teams;

    /// <summary>Only what the token has to agree with is read before it is checked.</summary>
    public async ValueTask<bool> VerifyAsync(HookRequest request, OpenConnection connection, CancellationToken cancellationToken)
    {
        var header = request.Header("Authorization");
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) || connection.Setting("app_id") is not { } app)
            return false;
        if (ActivityOf(request) is not { } activity || !ServiceAddress.IsServices(activity.ServiceUrl))
            return false;
        return await tokens.VerifyAsync(header[Bearer.Length..].Trim(), app, activity, cancellationToken);
    }

    public HookReading Read(HookRequest request, OpenConnection connection)
    {
        var activity = request.Json();
        return activity["type"].Text switch
        {
            "message" => HookReading.Of(Said(activity, connection, request.At, isEdit: false)),
            "messageUpdate" => HookReading.Of(Said(activity, connection, request.At, isEdit: true)),
            "messageDelete" when PlaceOf(activity) is { } place && activity["id"].Id is { } id =>
                new(HookAnswer.Ok, new PlatformEvent.Deleted(place, KeyOf(activity, id), PlatformTime.OfText(activity["timestamp"].Text) ?? request.At)),
            _ => HookReading.Nothing,
        };
    }

    private static BotTokens.Activity? ActivityOf(HookRequest request)
    {
        try
        {
            var activity = request.Json();
            return (activity["channelId"].Text, activity["serviceUrl"].Text) is ({ } channel, { } address) ? new(channel, address) : null;
        }
        catch (SchemaException)
        {
            return null;
        }
    }

    private static IEnumerable<PlatformEvent> Said(Payload activity, OpenConnection connection, DateTimeOffset now, bool isEdit)
    {
        if (PlaceOf(activity) is not { } place || activity["id"].Id is not { } id || PersonOf(activity["from"], activity, connection) is not { } author)
            yield break;

        var (text, mentions) = TextOf(activity, connection);
        // What was written comes as HTML once more.
        Attachment[] attachments = [.. activity["attachments"].Items.Where(file => file["contentType"].Text is not (null or "text/html")).Select(file => new Attachment("file", null, file["name"].Text, file["contentType"].Text))];
        if (text.Length == 0 && attachments.Length == 0)
            yield break;

        var at = PlatformTime.OfText(activity["timestamp"].Text) ?? now;
        yield return new PlatformEvent.Said(place, KeyOf(activity, id), author, text, at)
        {
            Attachments = attachments,
            Mentions = mentions,
            EditedAt = isEdit ? at : null,
            IsAddressed = place.IsDirect || mentions.Contains(connection.Connection.Agent),
            ReplyTo = To(activity, id),
        };
    }

    private static ChatPlace? PlaceOf(Payload activity)
    {
        var conversation = activity["conversation"];
        if (conversation["id"].Id is not { } id)
            return null;
        var parts = id.Split(ThreadMark, 2);
        return new ChatPlace(parts[0], parts.Length > 1 ? parts[1] : null, conversation["conversationType"].Text == "personal");
    }

    /// <summary>People have one id in all of a directory; what has none there is called as the channel calls it.</summary>
    private static Person? PersonOf(Payload account, Payload activity, OpenConnection connection)
    {
        if ((account["aadObjectId"].Text ?? account["id"].Id) is not { } id)
            return null;
        var isAgent = IsAgent(account, activity, connection);
        return new Person(id, account["name"].Text, isAgent || account["role"].Text == "bot", isAgent);
    }

    private static bool IsAgent(Payload account, Payload activity, OpenConnection connection) =>
        account["id"].Id is { } id && (id == activity["recipient"]["id"].Id || (connection.Setting("app_id") is { } app && id.EndsWith(app, StringComparison.OrdinalIgnoreCase)));

    private static (string Text, IReadOnlyList<string> Mentions) TextOf(Payload activity, OpenConnection connection)
    {
        var (text, mentions) = (new StringBuilder(activity["text"].Text ?? ""), new List<string>());
        foreach (var entity in activity["entities"].Items)
        {
            if (entity["type"].Text != "mention" || PersonOf(entity["mentioned"], activity, connection) is not { } person)
                continue;
            var peer = person.IsAgent ? connection.Connection.Agent : connection.Platform.PeerOf(person.Id);
            mentions.Add(peer);
            if (entity["text"].Text is { } written)
                text.Replace(written, $"@{peer}");
        }

        return (text.ToString().Trim(), mentions);
    }

    private static string KeyOf(Payload activity, string id) => $"{activity["channelId"].Text}/{activity["conversation"]["id"].Id}/{id}";

    private static JsonElement? To(Payload activity, string id) => activity["serviceUrl"].Text is { } address && activity["conversation"]["id"].Id is { } conversation
        ? JsonElement.Parse(new JsonObject { ["service_url"] = address, ["conversation"] = conversation, ["activity"] = id, ["bot"] = activity["recipient"]["id"].Id }.ToJsonString())
        : null;
}
