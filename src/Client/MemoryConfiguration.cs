namespace Kith.Client;

/// <summary>How memory is formed in a workspace or a session. What is null is inherited: from the workspace, and then from the server.</summary>
/// <example>
/// <code>
/// await session.SetConfigurationAsync(new() { Summary = new() { MessagesPerShortSummary = 10 }, Dream = new() { Enabled = false } });
/// </code>
/// </example>
public sealed record MemoryConfiguration : OpenConfiguration
{
    /// <summary>Whether memory is formed of messages.</summary>
    public ReasoningConfiguration? Reasoning { get; init; }

    /// <summary>The short list of what is most important about a peer.</summary>
    public PeerCardConfiguration? PeerCard { get; init; }

    /// <summary>Summaries of sessions.</summary>
    public SummaryConfiguration? Summary { get; init; }

    /// <summary>Consolidation in the background.</summary>
    public DreamConfiguration? Dream { get; init; }
}
