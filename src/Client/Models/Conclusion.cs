namespace Kith.Client.Models;

/// <summary>Something that is known about a peer.</summary>
public sealed record Conclusion
{
    /// <summary>Made by the server.</summary>
    public required string Id { get; init; }

    /// <summary>What is known, in a sentence.</summary>
    public required string Content { get; init; }

    /// <summary>Who knows it.</summary>
    public string ObserverId { get; init; } = "";

    /// <summary>Whom it is about.</summary>
    public string ObservedId { get; init; } = "";

    /// <summary>Where it was learnt; null where it comes of several sessions.</summary>
    public string? SessionId { get; init; }

    /// <summary><c>explicit</c> (said), <c>deductive</c>, <c>inductive</c> or <c>contradiction</c>.</summary>
    public string Level { get; init; } = "";

    /// <summary>When it was learnt.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The conclusions it was drawn from; null where it was said. Not from servers before 3.1.</summary>
    public IReadOnlyList<string>? SourceIds { get; init; }

    /// <summary>How often it was found. Not from servers before 3.1.</summary>
    public int? TimesDerived { get; init; }

    /// <summary>The messages it rests on, in a list that asked for sources. Kith only.</summary>
    public IReadOnlyList<string>? MessageIds { get; init; }
}
