namespace Kith.Client;

/// <summary>Whether and when sessions are summarised.</summary>
public sealed record SummaryConfiguration : OpenConfiguration
{
    /// <summary>Null: true.</summary>
    public bool? Enabled { get; init; }

    /// <summary>10 or more; null: 20.</summary>
    public int? MessagesPerShortSummary { get; init; }

    /// <summary>20 or more, and more than a short one has; null: 60.</summary>
    public int? MessagesPerLongSummary { get; init; }
}
