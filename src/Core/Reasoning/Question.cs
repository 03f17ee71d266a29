using System.Text.Json;

namespace Kith.Core.Reasoning;

/// <summary>What is asked, about whom, and how far the search may go.</summary>
/// <param name="Observer">Whose knowledge answers; null for the whole workspace.</param>
/// <param name="Observed">Whom the question is about; null for the whole workspace.</param>
public sealed record Question(string Workspace, string? Observer, string? Observed, string Text)
{
    public ReasoningLevel Level { get; init; } = ReasoningLevel.Low;

    /// <summary>Recent turns of the session in which the question is asked, oldest first.</summary>
    public IReadOnlyList<Turn> History { get; init; } = [];

    public IReadOnlyList<string> PeerCard { get; init; } = [];

    /// <summary>A validated JSON Schema with an object root; the answer is then JSON text of that shape.</summary>
    public JsonElement? ResponseFormat { get; init; }
}
