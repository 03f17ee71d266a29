using Kith.Core.Reasoning;

namespace Kith.Core.Memory;

/// <summary>One dream of one pair: what it did and what it cost. While it goes on also how far it is.</summary>
public sealed record DreamRun
{
    internal const string DocumentType = "dreamRun";

    /// <summary>Of these a pair keeps the newest.</summary>
    internal const int Kept = 20;

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    public required DreamTrigger Trigger { get; init; }

    public required DreamOutcome Outcome { get; init; }

    /// <summary>Who answered; null when nobody did.</summary>
    public string? Reasoner { get; init; }

    public ReasoningUsage Usage { get; init; } = ReasoningUsage.None;

    public DreamTally Changes { get; init; } = new();

    /// <summary>Generated lines that the card had in the end.</summary>
    public int CardEntries { get; init; }

    /// <summary>Without content.</summary>
    public string? Error { get; init; }

    /// <summary>Proposals of the answer up to here are worked in. Moved in the same batch as their effect, so that each has it once.</summary>
    public int Applied { get; init; }

    internal static string IdOf(string run) => $"{Dream.Id}:{run}";
}
