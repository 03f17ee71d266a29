namespace Kith.Client.Models;

/// <summary>What an answer rests on.</summary>
public sealed record Evidence
{
    /// <summary>What was known.</summary>
    public IReadOnlyList<EvidenceConclusion> Conclusions { get; init; } = [];

    /// <summary>What was said.</summary>
    public IReadOnlyList<EvidenceMessage> Messages { get; init; } = [];

    /// <summary>The searches that were made for it.</summary>
    public IReadOnlyList<EvidenceSearch> ToolCalls { get; init; } = [];

    /// <summary>Of the server's own records; null from Kith.</summary>
    public string? ReasoningTraceId { get; init; }
}
