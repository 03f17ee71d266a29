namespace Kith.Core.Reasoning;

/// <summary>Turns to be summarised on top of what is summarised already.</summary>
/// <param name="Previous">The last summary of the same kind, covering everything before <paramref name="Turns"/>; null at the start.</param>
/// <param name="MaxTokens">o200k tokens that the result must not exceed.</param>
public sealed record SummaryRequest(string Workspace, string Session, string? Previous, IReadOnlyList<Turn> Turns, int MaxTokens)
{
    /// <summary>In place of turns that were too many to be read at once: summaries of the stretches that they were cut into, in order.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];
}
