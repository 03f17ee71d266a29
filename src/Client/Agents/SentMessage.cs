using System.Text.Json.Nodes;

namespace Kith.Client.Agents;

/// <summary>What became of a message to an agent.</summary>
public sealed record SentMessage
{
    /// <summary>The id of the message.</summary>
    public string Id { get; init; } = "";

    /// <summary>What was said.</summary>
    public string Content { get; init; } = "";

    /// <summary>When, to the millisecond.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>The agent's answer with all that it said of it; null where it was not waited for, or the agent says nothing.</summary>
    public JsonObject? AgentResponse { get; init; }

    /// <summary>The text of the answer; null where there is none.</summary>
    public string? AgentText => TextOf(AgentResponse);

    internal static string? TextOf(JsonObject? response) => response?["text"] is JsonValue text && text.TryGetValue<string>(out var value) ? value : null;
}
