namespace Kith.Client.Models;

/// <summary>A conclusion with all that Kith knows of it. Kith only.</summary>
public sealed record KnownConclusion
{
    /// <summary>Made by the server.</summary>
    public required string Id { get; init; }

    /// <summary>What is known, in a sentence.</summary>
    public string Content { get; init; } = "";

    /// <summary>Who knows it.</summary>
    public string ObserverId { get; init; } = "";

    /// <summary>Whom it is about.</summary>
    public string ObservedId { get; init; } = "";

    /// <summary>Where it was learnt; null where it comes of several sessions.</summary>
    public string? SessionId { get; init; }

    /// <summary><c>explicit</c> (said), <c>deductive</c>, <c>inductive</c> or <c>contradiction</c>.</summary>
    public string Level { get; init; } = "";

    /// <summary>Since when it has been true.</summary>
    public DateTimeOffset ValidFrom { get; init; }

    /// <summary>Until when it was true; null: it still is.</summary>
    public DateTimeOffset? ValidTo { get; init; }

    /// <summary>Since when it has been known.</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>When it was taken back; null: it was not.</summary>
    public DateTimeOffset? RetractedAt { get; init; }

    /// <summary>What it came of.</summary>
    public string Origin { get; init; } = "";

    /// <summary>A person said that it stays: no later pass changes it.</summary>
    public bool Pinned { get; init; }

    /// <summary>How sure a pattern is; null for what is none.</summary>
    public string? Confidence { get; init; }

    /// <summary>How many sources a pattern has; null for what is none.</summary>
    public int? EvidenceCount { get; init; }

    /// <summary>The messages that it rests on.</summary>
    public IReadOnlyList<string> MessageIds { get; init; } = [];

    /// <summary>The conclusions that it was drawn from; null where it was said.</summary>
    public IReadOnlyList<string>? SourceIds { get; init; }

    /// <summary>What it replaced.</summary>
    public IReadOnlyList<string> Supersedes { get; init; } = [];

    /// <summary>What replaced it.</summary>
    public string? SupersededBy { get; init; }

    /// <summary>What it contradicts.</summary>
    public IReadOnlyList<string> Contradicts { get; init; } = [];
}
