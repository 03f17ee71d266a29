using System.Text.Json.Nodes;

namespace Kith.Client.Models;

/// <summary>A message that is stored.</summary>
public sealed record Message
{
    /// <summary>Made by the server; 21 letters, digits, <c>-</c> and <c>_</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What was said.</summary>
    public required string Content { get; init; }

    /// <summary>Who said it.</summary>
    public required string PeerId { get; init; }

    /// <summary>Where.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>The workspace of both.</summary>
    public string WorkspaceId { get; init; } = "";

    /// <summary>Members that the sender added.</summary>
    public JsonObject Metadata { get; init; } = [];

    /// <summary>When it was said.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tokens of the content, in <c>o200k_base</c>.</summary>
    public int TokenCount { get; init; }

    /// <summary>How well it fits, in a search that asked for scores; comparable within one answer. Kith only.</summary>
    public double? Score { get; init; }

    /// <summary><c>text</c> (its words or its author), <c>context</c> (the turns around it), <c>vector</c>, in a search that asked for scores. Kith only.</summary>
    public IReadOnlyList<string>? MatchedBy { get; init; }

    /// <summary>The part that fits best, in a search that asked for scores. Kith only.</summary>
    public string? Snippet { get; init; }
}
