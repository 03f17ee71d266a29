using System.Collections.Immutable;
using Kith.Core.Claiming;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Core.Conversations;

/// <summary>
/// All changes of sessions go through here. Concurrent changes of one session are coalesced into one atomic batch, each with its own outcome, and
/// serialised against other processes by the head's etag. A change that fits no batch is written in several above the visible sequence
/// and becomes visible with the last one; what is left of one that was never finished is removed by the next writer.
/// </summary>
/// <param name="stagingLease">How long another process's unfinished append is respected; zero where this process owns the store alone.</param>
internal sealed class SessionLanes(IDocumentStore store, TimeProvider time, TimeSpan stagingLease)
{
    private const int Attempts = 64;
    private const int IdleLanes = 4096;
    private static readonly TimeSpan StagingPoll = TimeSpan.FromMilliseconds(100);

    private readonly Dictionary<Partition, Lane> _lanes = [];

    /// <summary>The session as it is now, from this process's cache when it wrote it last: for decisions that the next change checks again.</summary>
    public async Task<SessionState> PeekAsync(Partition partition, CancellationToken cancellationToken)
    {
        lock (_lanes)
        {
            if (_lanes.TryGetValue(partition, out var lane) && lane.Known is { } known)
                return known.State;
        }

        return await ReadAsync(partition, cancellationToken);
    }

    /// <summary>The session as the store has it.</summary>
    public async Task<SessionState> ReadAsync(Partition partition, CancellationToken cancellationToken) =>
        (await LoadAsync(partition, cancellationToken)).State;

    /// <summary>
    /// Applies a change durably and returns the state after it. <paramref name="plan"/> must be pure: it is called again whenever somebody else was faster.
    /// A <see cref="KithException"/> that it throws fails this caller only.
    /// </summary>
    public Task<SessionState> ChangeAsync(Partition partition, Func<SessionState, SessionChange> plan, CancellationToken cancellationToken) =>
        ChangeAsync(partition, plan, lookup: null, cancellationToken);

    /// <param name="lookup">What <paramref name="plan"/> finds in <see cref="SessionState.Claims"/> and <see cref="SessionState.Known"/> if it is there.</param>
    public async Task<SessionState> ChangeAsync(Partition partition, Func<SessionState, SessionChange> plan, Lookup? lookup, CancellationToken cancellationToken)
    {
        var request = new Request(plan, lookup);
        Lane lane;
        bool lead;
        lock (_lanes)
        {
            lane = LaneOf(partition);
            lane.Waiting.Enqueue(request);
            lead = !lane.Busy;
            lane.Busy = true;
        }

        if (lead)
            _ = DrainAsync(partition, lane);
        return await request.Done.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Drops what this process remembers of a session that was removed behind the lanes' back.</summary>
    public void Forget(Partition partition)
    {
        lock (_lanes)
        {
            if (_lanes.TryGetValue(partition, out var lane))
                lane.Known = null;
        }
    }

    private Lane LaneOf(Partition partition)
    {
        if (_lanes.TryGetValue(partition, out var lane))
            return lane;

        if (_lanes.Count >= IdleLanes)
        {
            foreach (var (key, _) in _lanes.Where(pair => !pair.Value.Busy).Take(IdleLanes / 2).ToArray())
                _lanes.Remove(key);
        }

        return _lanes[partition] = new Lane();
    }

    private async Task DrainAsync(Partition partition, Lane lane)
    {
        while (true)
        {
            List<Request> requests;
            lock (_lanes)
            {
                if (lane.Waiting.Count == 0)
                {
                    lane.Busy = false;
                    return;
                }

                requests = [.. lane.Waiting];
                lane.Waiting.Clear();
            }

            try
            {
                await ApplyAsync(partition, lane, requests);
            }
            catch (Exception exception)
            {
                // Not swallowed: every caller that waits gets it, and nobody would otherwise ever be told.
                lane.Known = null;
                foreach (var request in requests)
                    request.Done.TrySetException(exception);
            }
        }
    }

    private async Task ApplyAsync(Partition partition, Lane lane, List<Request> requests)
    {
        var next = 0;
        var attempt = 0;
        while (next < requests.Count)
        {
            if (attempt++ == Attempts)
                throw new KithException(ErrorCode.Unavailable, "Too many writers change this session at once; try again.");

            var remembered = lane.Known;
            var known = remembered ?? await SettledAsync(partition);
            lane.Known = known;
            // Read after the head and committed under its etag: as true as the head itself.
            var batch = new SessionBatch(await LookUpAsync(partition, known.State, [.. requests.Skip(next).Select(request => request.Lookup).OfType<Lookup>()]));
            var planned = next;
            var plan = Plan.Made;
            while (planned < requests.Count && batch.Fits && (plan = TryPlan(requests[planned], batch, remembered is null)) == Plan.Made)
                planned++;

            if (plan == Plan.Doubtful)
                lane.Known = null;
            else if (await CommitAsync(partition, known, batch) is { } written)
            {
                lane.Known = written;
                for (; next < planned; next++)
                    requests[next].Done.TrySetResult(requests[next].Planned ?? written.State);
                attempt = 0;
            }
            else
            {
                lane.Known = null;
            }
        }
    }

    /// <param name="isFresh">Whether the state was read from the store just now.</param>
    private static Plan TryPlan(Request request, SessionBatch batch, bool isFresh)
    {
        if (request.Done.Task.IsCompleted)
            return Plan.Made;

        SessionChange change;
        try
        {
            change = request.Plan(batch.State);
        }
        catch (KithException refusal)
        {
            if (!isFresh)
                return Plan.Doubtful;

            request.Done.TrySetException(refusal);
            return Plan.Made;
        }

        if (!batch.TryAdd(change))
            return Plan.Waits;

        request.Planned = change.Next;
        return Plan.Made;
    }

    /// <summary>The state as written, or null when somebody else changed the session first.</summary>
    private async Task<Loaded?> CommitAsync(Partition partition, Loaded known, SessionBatch batch)
    {
        if (batch.IsEmpty)
            return known;

        var etag = known.ETag;
        var runs = batch.Runs().ToArray();
        for (var i = 0; i < runs.Length; i++)
        {
            var last = i == runs.Length - 1;
            var head = last
                ? batch.State.Head with { StagedAt = null }
                : known.State.Head with { StagedAt = time.GetUtcNow(), DueAt = time.GetUtcNow() };
            var body = Stored.Body(head, DocumentJson.Default.Head);
            var write = Operation.Write(Head.Id, body, etag);
            var result = await store.ExecuteAsync(partition, [write, .. runs[i]], CancellationToken.None);
            if (!result.Applied)
                return null;

            etag = result.ETags[0];
        }

        return new Loaded(batch.State.Bare(), etag);
    }

    /// <summary>The session once no append of another writer is under way; remains of one whose writer is gone are removed first.</summary>
    private async Task<Loaded> SettledAsync(Partition partition)
    {
        while (true)
        {
            var loaded = await LoadAsync(partition, CancellationToken.None);
            if (loaded.State.Head.StagedAt is not { } staged)
                return loaded;

            if (time.GetUtcNow() - staged < stagingLease)
                await Task.Delay(StagingPoll, time, CancellationToken.None);
            else
                await UnstageAsync(partition, loaded);
        }
    }

    private async Task UnstageAsync(Partition partition, Loaded loaded)
    {
        // Taking the head over first makes the other writer's next batch fail, should it still be alive.
        var head = loaded.State.Head with { StagedAt = time.GetUtcNow() };
        var taken = await store.ExecuteAsync(partition, [Replace(head, loaded.ETag!)], CancellationToken.None);
        if (!taken.Applied)
            return;

        var remains = new Query("message")
        {
            Order = QueryOrder.Sequence,
            Where = new Condition.Compare(Field.Number("sequence"), Comparison.Greater, (double)head.Visible),
        };
        await store.DeleteAllAsync(store.AllAsync(partition, remains, CancellationToken.None), CancellationToken.None);
        await store.ExecuteAsync(partition, [Replace(head with { StagedAt = null }, taken.ETags[0])], CancellationToken.None);

        static Operation Replace(Head head, string etag) => new Operation.Replace(Head.Id, Stored.Body(head, DocumentJson.Default.Head), etag);
    }

    private async Task<SessionState> LookUpAsync(Partition partition, SessionState state, IReadOnlyList<Lookup> lookups)
    {
        var claims = state.Claims.ToBuilder();
        var ids = lookups.Select(lookup => lookup.Claim).OfType<RequestClaim>().Select(Claim.IdOf);
        await foreach (var claim in ByIdAsync(Claim.DocumentType, ids))
            claims[claim.Id] = claim.As(DocumentJson.Default.Claim);

        var known = state.Known.ToBuilder();
        await foreach (var message in ByIdAsync("message", lookups.SelectMany(lookup => lookup.Messages)))
            known[message.Id] = message.As(DocumentJson.Default.Message);
        return lookups.Count == 0 ? state : state with { Claims = claims.ToImmutable(), Known = known.ToImmutable() };

        async IAsyncEnumerable<Document> ByIdAsync(string type, IEnumerable<string> ids)
        {
            foreach (var page in ids.Distinct().Chunk(StoreLimits.PageSize))
            {
                await foreach (var document in store.AllAsync(partition, new Query(type) { Ids = page }, CancellationToken.None))
                    yield return document;
            }
        }
    }

    private async Task<Loaded> LoadAsync(Partition partition, CancellationToken cancellationToken)
    {
        // The head is read first: if it is still the same when the change commits, so is everything read after it.
        var document = await store.ReadAsync(partition, Head.Id, cancellationToken);
        if (document is null)
            return new Loaded(SessionState.Missing(partition.Workspace, partition.Second!), null);

        var session = await store.FindAsync(partition, SessionDocument.Id, DocumentJson.Default.Session, cancellationToken);
        var members = ImmutableDictionary.CreateBuilder<string, Member>();
        await foreach (var member in store.AllAsync(partition, new Query("member"), cancellationToken))
        {
            var value = member.As(DocumentJson.Default.Member);
            members.Add(value.Peer, value);
        }

        var state = new SessionState(partition.Workspace, partition.Second!, document.As(DocumentJson.Default.Head), session, members.ToImmutable());
        return new Loaded(state, document.ETag);
    }

    private enum Plan
    {
        /// <summary>Planned, or refused for good.</summary>
        Made,

        /// <summary>Goes into the next batch.</summary>
        Waits,

        /// <summary>Refused by what this process remembers, which another may have changed: the store is asked before the caller is told.</summary>
        Doubtful,
    }

    /// <param name="ETag">Of the head; null when there is none yet.</param>
    private sealed record Loaded(SessionState State, string? ETag);

    private sealed class Lane
    {
        public Queue<Request> Waiting { get; } = [];

        public bool Busy { get; set; }

        /// <summary>What this lane wrote or read last; null when it must look again.</summary>
        public Loaded? Known { get; set; }
    }

    private sealed class Request(Func<SessionState, SessionChange> plan, Lookup? lookup)
    {
        public Lookup? Lookup { get; } = lookup;

        public Func<SessionState, SessionChange> Plan { get; } = plan;

        public TaskCompletionSource<SessionState> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>The state after this request, before those that follow it in the batch.</summary>
        public SessionState? Planned { get; set; }
    }
}
