namespace Kith.Client.Models;

/// <summary>One consolidation: what it did and what it cost.</summary>
public sealed record DreamRun
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary><c>automatic</c> or <c>manual</c>.</summary>
    public string Trigger { get; init; } = "";

    /// <summary><c>running</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string Outcome { get; init; } = "";

    /// <summary>Who reasoned.</summary>
    public string? Reasoner { get; init; }

    /// <summary>Repeats that became one conclusion.</summary>
    public int Merged { get; init; }

    /// <summary>Conclusions that do not hold any more.</summary>
    public int Superseded { get; init; }

    /// <summary>Patterns that were found.</summary>
    public int Patterns { get; init; }

    /// <summary>Contradictions that were found.</summary>
    public int Contradictions { get; init; }

    /// <summary>Lines of the card.</summary>
    public int CardEntries { get; init; }

    /// <summary>Calls to models.</summary>
    public int ModelCalls { get; init; }

    /// <summary>Tokens that were sent.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens that came back.</summary>
    public long OutputTokens { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; init; }
}
