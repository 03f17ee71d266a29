namespace Kith.Core.Memory;

/// <summary>The consolidation state of one pair. Every change of it goes through <see cref="DreamNotes"/>, which keeps <see cref="DueAt"/> right.</summary>
internal sealed record Dream
{
    public const string Id = "$dream";

    public string Type { get; } = "dream";

    /// <summary>When the worker should look: the earlier of repair and dream; null while nothing is to be done.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>When index entries that are not known to be durable are made again.</summary>
    public DateTimeOffset? RepairAt { get; init; }

    /// <summary>Conclusions written outside the pipeline whose index entries are not known to be durable.</summary>
    public IReadOnlyList<string> Unindexed { get; init; } = [];

    /// <summary>Since when somebody wants a dream.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Start the card from nothing instead of adding to it.</summary>
    public bool RebuildCard { get; init; }

    /// <summary>Explicit conclusions since the last dream began.</summary>
    public int Fresh { get; init; }

    /// <summary>When the last of them was written.</summary>
    public DateTimeOffset? FreshAt { get; init; }

    /// <summary>When there were enough of them.</summary>
    public DateTimeOffset? EnoughAt { get; init; }

    /// <summary>No dream before this, unless somebody asks.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The run that was begun and has not ended.</summary>
    public DreamClaim? Run { get; init; }

    /// <summary>When a dream, or the rest of one whose process died, is due; null while none is wanted.</summary>
    public DateTimeOffset? At(DreamOptions options)
    {
        if (Run is not null)
            return Run.HeartbeatAt is { } sign ? sign + options.Lease : Run.StartedAt;
        if (AskedAt is not null)
            return AskedAt;
        if (EnoughAt is not { } enough || FreshAt is not { } last)
            return null;

        var at = Fresh >= options.Most ? enough : Earlier(last + options.Idle, enough + options.MaxWait);
        return NotBefore > at ? NotBefore : at;
    }

    public Dream WithFresh(int conclusions, DateTimeOffset now, DreamOptions options) => conclusions == 0 ? this : this with
    {
        Fresh = Fresh + conclusions,
        FreshAt = now,
        EnoughAt = EnoughAt ?? (Fresh + conclusions >= options.Threshold ? now : null),
    };

    public Dream Scheduled(DreamOptions options) => this with { DueAt = Earlier(RepairAt, At(options)) };

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null || other < one ? other : one;
}
