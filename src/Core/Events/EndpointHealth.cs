namespace Kith.Core.Events;

/// <summary>How an address answered lately. One that does not is left alone for a while, so that what waits for it is not all tried in vain and nobody else waits for it.</summary>
internal sealed record EndpointHealth
{
    public const string Id = "$health";

    /// <summary>Failures in a row before it is left alone.</summary>
    private const int Patience = 3;

    private static readonly TimeSpan FirstHold = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(5);

    public string Type { get; } = "endpointHealth";

    /// <summary>In a row.</summary>
    public int Failures { get; init; }

    /// <summary>Nothing is sent before.</summary>
    public DateTimeOffset? HeldUntil { get; init; }

    public EndpointHealth Failed(DateTimeOffset now) => this with { Failures = Failures + 1, HeldUntil = Failures + 1 < Patience ? null : now + Hold(Failures + 1 - Patience) };

    private static TimeSpan Hold(int doublings) => TimeSpan.FromTicks(Math.Min(LongestHold.Ticks, FirstHold.Ticks << Math.Min(doublings, 16)));
}
