namespace Kith.Core.Work;

/// <summary>A step that cannot succeed: its reason, and what is needed to try it again. Later work went on.</summary>
internal sealed record FailedStep
{
    public string Type { get; } = "failedStep";

    /// <summary>Null for what belongs to a pair of peers.</summary>
    public string? Session { get; init; }

    public string? Observer { get; init; }

    public string? Observed { get; init; }

    /// <summary><c>derive</c>, <c>summarise</c>, <c>index</c>, <c>dream</c> …</summary>
    public required string Kind { get; init; }

    public required long After { get; init; }

    public required long Through { get; init; }

    /// <summary>Without message content.</summary>
    public required string Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
