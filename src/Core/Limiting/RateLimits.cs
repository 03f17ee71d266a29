using System.Collections.Concurrent;
using Kith.Core.Storage;

namespace Kith.Core.Limiting;

/// <summary>
/// Requests of each caller per minute, over all processes. A caller's allowance is a bucket that fills steadily, kept in a document. A process draws a lease of
/// some requests from it and counts those by itself: it asks the store once for many requests, all processes together never admit more than the bucket held, and what a
/// process draws and does not need is lost when the lease ends.
/// </summary>
public sealed class RateLimits
{
    /// <summary>A lease is this part of a minute's requests.</summary>
    private const int LeaseShare = 20;

    private const int MostCallers = 10_000;
    private static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(10);

    /// <summary>A bucket that nobody drew from for so long is full.</summary>
    private static readonly TimeSpan BucketLife = TimeSpan.FromMinutes(5);

    private readonly IDocumentStore _store;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, Lease> _leases = new();

    internal RateLimits(IDocumentStore store, TimeProvider time)
    {
        _store = store;
        _time = time;
    }

    /// <summary>Counts a request, or says when there will be room for it.</summary>
    /// <param name="perMinute">At least 1; also how many may come at once.</param>
    public async ValueTask<RateDecision> TakeAsync(string caller, int perMinute, CancellationToken cancellationToken)
    {
        if (_leases.Count >= MostCallers)
            Forget();
        var lease = _leases.GetOrAdd(caller, _ => new Lease());
        while (true)
        {
            Task drawing;
            lock (lease)
            {
                var now = _time.GetUtcNow();
                if (lease.Until <= now)
                    (lease.Left, lease.Drawing) = (0, lease.Drawing is { IsCompleted: false } ? lease.Drawing : null);
                if (lease.Left > 0)
                {
                    lease.Left--;
                    return Decision(lease, perMinute, isAdmitted: true, now);
                }

                if (lease.FullAgainAt > now)
                    return Decision(lease, perMinute, isAdmitted: false, now);
                drawing = lease.Drawing is { IsCompleted: false } ? lease.Drawing : lease.Drawing = DrawAsync(caller, lease, perMinute);
            }

            await drawing.WaitAsync(cancellationToken);
        }
    }

    private static RateDecision Decision(Lease lease, int perMinute, bool isAdmitted, DateTimeOffset now)
    {
        var remaining = isAdmitted ? lease.Left + lease.Bucket : 0;
        var wait = isAdmitted ? TimeSpan.FromSeconds((perMinute - Math.Min(remaining, perMinute)) * 60.0 / perMinute) : lease.FullAgainAt - now;
        return new RateDecision(isAdmitted, perMinute, remaining, Math.Max(isAdmitted ? 0 : 1, (int)Math.Ceiling(wait.TotalSeconds)));
    }

    private async Task DrawAsync(string caller, Lease lease, int perMinute)
    {
        // Its own work, since others wait for it: whoever asked first may go away.
        var drawn = 0;
        var id = Ids.Of(caller);
        var bucket = await _store.ChangeAsync(PartitionOf(id), id, DocumentJson.Default.Bucket, Draw, _ => BucketLife, CancellationToken.None);
        lock (lease)
        {
            var now = _time.GetUtcNow();
            lease.Left += drawn;
            lease.Bucket = (int)bucket!.Level;
            lease.Until = now + LeaseLife;
            lease.FullAgainAt = drawn > 0 ? default : now + TimeSpan.FromSeconds((1 - bucket.Level) * 60 / perMinute);
        }

        Bucket Draw(Bucket? current)
        {
            var now = _time.GetUtcNow();
            var level = current is null ? perMinute : Math.Min(perMinute, current.Level + ((now - current.CreatedAt).TotalSeconds * perMinute / 60));
            drawn = Math.Min((int)level, Math.Max(1, perMinute / LeaseShare));
            return new Bucket { CreatedAt = now, Level = level - drawn };
        }
    }

    private void Forget()
    {
        var now = _time.GetUtcNow();
        foreach (var (caller, lease) in _leases)
        {
            lock (lease)
            {
                if (lease.Until <= now && lease.FullAgainAt <= now)
                    _leases.TryRemove(caller, out _);
            }
        }
    }

    private static Partition PartitionOf(string id) => Partition.Work(Partition.SystemWorkspace, "$bucket." + id);

    private sealed class Lease
    {
        public int Left { get; set; }

        /// <summary>What was left in the bucket when this was drawn.</summary>
        public int Bucket { get; set; }

        public DateTimeOffset Until { get; set; }

        /// <summary>Until then the bucket is known to be empty.</summary>
        public DateTimeOffset FullAgainAt { get; set; }

        public Task? Drawing { get; set; }
    }
}
