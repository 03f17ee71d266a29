using Kith.Core.Reasoning;

namespace Kith.Azure.Models;

/// <summary>How far a search for an answer may go. The original's levels are not monotone (spec honcho-engine §7.2); these are.</summary>
/// <param name="Rounds">Turns in which the model may search.</param>
/// <param name="Prefetched">Stated conclusions, and as many derived ones, that the model is shown at the start.</param>
/// <param name="Messages">Messages that it is shown at the start.</param>
/// <param name="OutputTokens">Of each turn, with silent thinking.</param>
/// <param name="Deadline">For the whole answer.</param>
internal sealed record Effort(int Rounds, int Prefetched, int Messages, int OutputTokens, TimeSpan Deadline)
{
    /// <summary>Only the two searches are offered.</summary>
    public bool SearchesOnly { get; init; }

    public static Effort Of(ReasoningLevel level, ModelDeadlines deadlines) => level switch
    {
        ReasoningLevel.Minimal => new(1, 10, 5, 2_048, deadlines.Of(level)) { SearchesOnly = true },
        ReasoningLevel.Low => new(3, 25, 10, 8_192, deadlines.Of(level)),
        ReasoningLevel.Medium => new(4, 25, 10, 8_192, deadlines.Of(level)),
        ReasoningLevel.High => new(6, 25, 15, 8_192, deadlines.Of(level)),
        _ => new(10, 25, 20, 8_192, deadlines.Of(level)),
    };
}
