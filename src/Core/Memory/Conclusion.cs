using Kith.Core.Reasoning;

namespace Kith.Core.Memory;

/// <summary>One stored statement that an observer holds about an observed peer.</summary>
public sealed record Conclusion
{
    public string Type { get; } = "conclusion";

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string Observer { get; init; }

    public required string Observed { get; init; }

    public required string Content { get; init; }

    /// <summary><c>explicit</c>, <c>deductive</c>, <c>inductive</c> or <c>contradiction</c>.</summary>
    public required string Level { get; init; }

    /// <summary><c>stated</c>, <c>inferred</c> or <c>human</c>.</summary>
    public required string Origin { get; init; }

    public string? SessionId { get; init; }

    /// <summary>When Kith stored it.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When its newest source message was said; the creation time where there is none.</summary>
    public required DateTimeOffset SaidAt { get; init; }

    /// <summary>The messages it rests on.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>The conclusions it rests on; empty for explicit ones.</summary>
    public IReadOnlyList<string> SourceIds { get; init; } = [];

    public int TimesDerived { get; init; } = 1;

    public string? Language { get; init; }

    /// <summary>When it became true.</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>When it stopped being true; null while it holds.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>The exclusive slot that it fills (see <see cref="Statement.Slot"/>).</summary>
    public string? Slot { get; init; }

    /// <summary>Set when it belongs on the peer card.</summary>
    public CardCategory? Card { get; init; }
}
