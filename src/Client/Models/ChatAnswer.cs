namespace Kith.Client.Models;

/// <summary>An answer to a question. It prints as its text.</summary>
public sealed record ChatAnswer
{
    /// <summary>The text; null when there is nothing to say.</summary>
    public string? Content { get; init; }

    /// <summary>What it rests on, where that was asked for and the server knows.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>Which reasoner made it. Kith only.</summary>
    public string? Reasoner { get; init; }

    /// <summary>The embedding model did not answer, so that text alone was searched. Kith only.</summary>
    public bool IsDegraded { get; init; }

    /// <summary>The text, empty when there is none.</summary>
    public override string ToString() => Content ?? "";
}
