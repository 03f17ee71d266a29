namespace Kith.Client.Administration;

/// <summary>How far a rebuild is.</summary>
public sealed record Rebuild
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it makes anew.</summary>
    public IReadOnlyList<RebuildPart> What { get; init; } = [];

    /// <summary>Only of this session; null: of all.</summary>
    public string? Session { get; init; }

    /// <summary>Only of this peer; null: of all.</summary>
    public string? Peer { get; init; }

    /// <summary><c>waiting</c>, <c>running</c>, <c>completed</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>Why it failed.</summary>
    public string? Reason { get; init; }

    /// <summary>How much is done, of how much.</summary>
    public RebuildProgress Progress { get; init; } = new();

    /// <summary>Whose vectors it makes; null where it makes none.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null while it runs.</summary>
    public DateTimeOffset? FinishedAt { get; init; }
}
