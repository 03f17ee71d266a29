using System.Text.Json;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

/// <summary>A message of a history (spec eliza-sessions §3.4).</summary>
internal sealed record Message(string Id, string Content, string AuthorId, bool IsAgent, string CreatedAt, IReadOnlyDictionary<string, JsonElement> Metadata)
{
    public static Message Of(Core.Conversations.Message message, AgentSession session)
    {
        var isAgent = session.IsFromAgent(message.PeerId);
        return new(IdOf(message), message.Content, message.PeerId, isAgent, WireTime.Of(message.CreatedAt), MetadataOf(message, session, isAgent));
    }

    /// <summary>Messages of other doors have ids that are no UUIDs.</summary>
    private static string IdOf(Core.Conversations.Message message) =>
        Uuids.Read(message.Id) ?? Uuids.Of(message.WorkspaceId, message.SessionId, "message", message.Id);

    /// <summary>What a user says carries the session's metadata, overlaid by its own.</summary>
    private static OrderedDictionary<string, JsonElement> MetadataOf(Core.Conversations.Message message, AgentSession session, bool isAgent)
    {
        var merged = new OrderedDictionary<string, JsonElement>();
        if (!isAgent)
        {
            merged["sessionId"] = Text(session.SessionId);
            merged["agentId"] = Text(session.AgentId);
            merged["userId"] = Text(session.UserId);
            merged["timeoutConfig"] = JsonSerializer.SerializeToElement(TimeoutConfig.Of(session.Timeouts), ElizaJson.Relaxed.TimeoutConfig);
            Overlay(session.Metadata);
            merged["sessionId"] = Text(session.SessionId);
        }

        Overlay(message.Metadata);
        return merged;

        void Overlay(JsonElement metadata)
        {
            if (metadata.ValueKind != JsonValueKind.Object)
                return;
            foreach (var member in metadata.EnumerateObject())
                merged[member.Name] = member.Value;
        }

        static JsonElement Text(string text) => JsonSerializer.SerializeToElement(text, ElizaJson.Relaxed.String);
    }
}
