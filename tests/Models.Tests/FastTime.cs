using System.Diagnostics;

namespace Kith.Models.Tests;

/// <summary>A clock that runs faster than the real one, timers included: ten minutes pass in seconds, for every part of the host alike.</summary>
internal sealed class FastTime(int speed) : TimeProvider
{
    private readonly long _start = Stopwatch.GetTimestamp();

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Some.Time.AddTicks(GetTimestamp());

    public override long GetTimestamp() => Stopwatch.GetElapsedTime(_start).Ticks * speed;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Timer(this, callback, state, dueTime, period);

    private TimeSpan Real(TimeSpan time) => time == Timeout.InfiniteTimeSpan ? time : time / speed;

    private sealed class Timer(FastTime time, TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) : ITimer
    {
        private readonly ITimer _timer = System.CreateTimer(callback, state, time.Real(dueTime), time.Real(period));

        public bool Change(TimeSpan dueTime, TimeSpan period) => _timer.Change(time.Real(dueTime), time.Real(period));

        public void Dispose() => _timer.Dispose();

        public ValueTask DisposeAsync() => _timer.DisposeAsync();
    }
}
