namespace Kith.Client.Administration;

/// <summary>How far an import is, and its report in the end.</summary>
public sealed record Import
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary><c>kith</c>, <c>mem0</c>, <c>chatgpt</c> or <c>honcho</c>.</summary>
    public string Format { get; init; } = "";

    /// <summary><c>running</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>How much was taken over.</summary>
    public long Imported { get; init; }

    /// <summary>How much was there already, by its id.</summary>
    public long Skipped { get; init; }

    /// <summary>How much could not be taken over.</summary>
    public long Refused { get; init; }

    /// <summary>What could not, and why: the first hundred.</summary>
    public IReadOnlyList<ImportRefusal> Refusals { get; init; } = [];

    /// <summary>When it began.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
