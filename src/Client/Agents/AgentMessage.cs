using System.Text.Json.Nodes;

namespace Kith.Client.Agents;

/// <summary>Something that was said in a session with an agent.</summary>
public sealed record AgentMessage
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What was said.</summary>
    public string Content { get; init; } = "";

    /// <summary>Who said it.</summary>
    public string AuthorId { get; init; } = "";

    /// <summary>The agent said it.</summary>
    public bool IsAgent { get; init; }

    /// <summary>When, to the millisecond.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>What came with it: attachments, an agent's <c>thought</c> and <c>actions</c>, and members of your own.</summary>
    public JsonObject Metadata { get; init; } = [];
}
