namespace Kith.Client.Models;

/// <summary>A conclusion that an answer rests on.</summary>
public sealed record EvidenceConclusion
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>As in <see cref="Conclusion.Level"/>.</summary>
    public string Level { get; init; } = "";

    /// <summary>What is known.</summary>
    public string Content { get; init; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where it was learnt.</summary>
    public string? SessionId { get; init; }

    /// <summary>The conclusions it was drawn from.</summary>
    public IReadOnlyList<string>? SourceIds { get; init; }
}
