namespace Kith.Core.Recall;

/// <summary>The embedding model that the host was started with last; what a start compares, so that workspaces are looked through after a change only.</summary>
internal sealed record ConfiguredModel
{
    public const string Id = "$embeddings";

    public string Type { get; } = "configuredModel";

    public required string Model { get; init; }

    /// <summary>Set until every workspace has changed to the model.</summary>
    public DateTimeOffset? DueAt { get; init; }
}
