namespace Kith.Client.Models;

/// <summary>The summaries of a session.</summary>
public sealed record SessionSummaries
{
    /// <summary>The session.</summary>
    public string Id { get; init; } = "";

    /// <summary>Made every 20 messages; null until then.</summary>
    public Summary? ShortSummary { get; init; }

    /// <summary>Made every 60 messages; null until then.</summary>
    public Summary? LongSummary { get; init; }
}
