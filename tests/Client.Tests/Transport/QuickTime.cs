namespace Kith.Client.Tests.Transport;

/// <summary>Delays are over at once, and remembered. Deadlines of more than two minutes never come.</summary>
internal sealed class QuickTime : TimeProvider
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);

    public static readonly TimeSpan Never = TimeSpan.FromMinutes(10);

    public List<TimeSpan> Delays { get; } = [];

    public override DateTimeOffset GetUtcNow() => new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime > Deadline)
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, period);
        Delays.Add(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
