namespace Kith.Core.Memory;

/// <summary>When a pair is consolidated without being asked (spec honcho-engine §8.2), and how a run is kept from being made twice at once.</summary>
public sealed record DreamOptions
{
    /// <summary>New explicit conclusions that call for a dream.</summary>
    public int Threshold { get; init; } = 50;

    /// <summary>New explicit conclusions that do not wait for the pair to be idle.</summary>
    public int Most { get; init; } = 500;

    /// <summary>Since the last new conclusion.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromMinutes(60);

    /// <summary>Since the <see cref="Threshold"/> was reached: a pair that is never idle dreams too.</summary>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromHours(6);

    /// <summary>Between the end of a dream and the next that nobody asked for.</summary>
    public TimeSpan MinInterval { get; init; } = TimeSpan.FromHours(8);

    /// <summary>Between two signs of life of a run.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>After the last sign of life another process goes on with the run.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);
}
