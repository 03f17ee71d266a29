
namespace Kith.Models.Tests;

/// <summary>
/// A clock on which ten minutes pass in seconds, timers included, for every part of the host alike. A second passes when the thread pool has come around to
/// it, so that on a busy machine time waits for the work too.
/// </summary>
internal sealed class FastTime : TimeProvider, IAsyncDisposable
{
    private readonly ManualTime _time = new();
    private readonly CancellationTokenSource _over = new();
    private readonly Task _running;

    public FastTime() => _running = RunAsync();

    public override long TimestampFrequency => _time.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override long GetTimestamp() => _time.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _time.CreateTimer(callback, state, dueTime, period);

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _over.Dispose();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await Task.Delay(10, _over.Token);
            _time.Advance(TimeSpan.FromSeconds(1));
        }
    }
}
