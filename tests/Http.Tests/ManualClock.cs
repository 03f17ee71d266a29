namespace Kith.Http.Tests;

/// <summary>A clock that is moved by hand; timers run on the real one.</summary>
internal sealed class ManualClock(DateTimeOffset? start = null) : TimeProvider
{
    private long _ticks = (start ?? new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero)).UtcTicks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);

    public void Advance(double minutes) => Interlocked.Add(ref _ticks, TimeSpan.FromMinutes(minutes).Ticks);
}
