namespace Kith.Core.Limiting;

/// <summary>How much of a caller's allowance there is.</summary>
internal sealed record Bucket
{
    public string Type { get; } = "bucket";

    /// <summary>When the level was this.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    public required double Level { get; init; }
}
