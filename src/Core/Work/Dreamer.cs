using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>
/// Consolidates one pair: duplicates, supersessions, contradictions, patterns, and the card. A run is claimed in the pair's dream state and shows signs of
/// life there; the reasoner's answer is saved before it is used, and each proposal is worked in together with the record of how far the run is, so whoever goes on
/// after a death asks nobody again and does nothing twice.
/// </summary>
internal sealed class Dreamer(
    IDocumentStore store,
    IReasoner reasoner,
    ConclusionIndex index,
    DreamNotes notes,
    FailedSteps failures,
    Outbox outbox,
    DreamOptions options,
    TimeProvider time)
{
    private const int MaxConclusions = 5_000;
    private const int Attempts = 8;

    /// <summary>A report of two statements is none itself.</summary>
    private static readonly Condition Statements = new Condition.Compare(Field.Text("level"), Comparison.NotEqual, Levels.Contradiction);

    public async Task RunAsync(Partition pair, CancellationToken cancellationToken)
    {
        var workspace = await store.FindAsync(Owners.Workspace(pair.Workspace), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        if (workspace is not { Deleting: false })
        {
            // Nothing is left to dream of, and nothing may be written here any more.
            await store.ExecuteAsync(pair, [new Operation.Delete(Dream.Id)], cancellationToken);
            return;
        }

        var processing = ProcessingOptions.Resolve(workspace.Configuration);
        if (await ClaimAsync(pair, processing.Dreams, cancellationToken) is not { } claim)
            return;

        using var overtaken = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var beating = BeatAsync(pair, claim, overtaken);
        var ended = false;
        DateTimeOffset? again = null;
        try
        {
            await DreamAsync(pair, claim, processing.CreateCard, overtaken.Token);
            ended = true;
        }
        catch (OperationCanceledException) when (overtaken.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // Another process goes on with it.
        }
        catch (KithException wait) when (wait.RetryAt is not null)
        {
            again = wait.RetryAt;
            throw;
        }
        finally
        {
            await overtaken.CancelAsync();
            await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!ended)
                await GiveBackAsync(pair, claim, again);
        }
    }

    /// <summary>Ends what cannot succeed: the request is gone, the reason is in the history, and the conclusions count towards the next dream.</summary>
    public async Task GiveUpAsync(Partition pair, string reason, CancellationToken cancellationToken)
    {
        // What is not known any more needs no dream.
        if (await store.FindAsync(pair, Dream.Id, DocumentJson.Default.Dream, cancellationToken) is not { } dream)
            return;
        var now = time.GetUtcNow();
        var claim = dream.Run ?? new DreamClaim(Ids.New(), now, DreamTrigger.Automatic, RebuildCard: false, Fresh: 0);
        var begun = await store.FindAsync(pair, DreamRun.IdOf(claim.Id), DocumentJson.Default.DreamRun, cancellationToken) ?? Begun(claim);
        var failed = new FailedStep
        {
            Id = Ids.Of(StepKinds.Dream, pair.Second!, pair.Third!),
            Observer = pair.Second,
            Observed = pair.Third,
            Kind = StepKinds.Dream,
            Reason = reason,
            CreatedAt = now,
            FailedAt = now,
        };
        await failures.RecordAsync(FailuresOf(pair), failed, cancellationToken);
        await store.ExecuteAsync(pair, [new Operation.Delete(DreamAnswer.IdOf(claim.Id))], cancellationToken);
        var run = begun with { EndedAt = now, Outcome = DreamOutcome.Failed, Error = reason };
        await notes.WriteAsync(pair, [new Operation.Upsert(DreamRun.IdOf(run.Id), Stored.Body(run, DocumentJson.Default.DreamRun))], Clear, cancellationToken);

        Dream Clear(Dream current) => (current with { Run = null, AskedAt = dream.Run is null ? null : current.AskedAt, NotBefore = now + options.MinInterval })
            .WithFresh(current.Run?.Fresh ?? 0, now, options);
    }

    /// <summary>Where a pair's failed dream is recorded.</summary>
    private static Partition FailuresOf(Partition pair) => Partition.Work(pair.Workspace, Ids.Of(pair.Second!, pair.Third!));

    /// <summary>Null when no dream is due, somebody else has it, or none may be.</summary>
    private async Task<DreamClaim?> ClaimAsync(Partition pair, bool enabled, CancellationToken cancellationToken)
    {
        var owner = Ids.New();
        var dream = await notes.ChangeAsync(pair, Claim, cancellationToken);
        return dream?.Run?.Owner == owner ? dream.Run : null;

        Dream? Claim(Dream? current)
        {
            var now = time.GetUtcNow();
            if (current is null || current.At(options) is not { } at || at > now)
                return current;
            if (current.Run is { } unfinished)
                return current with { Run = unfinished with { Owner = owner, HeartbeatAt = now } };
            if (!enabled)
                return current with { AskedAt = null, NotBefore = now + options.MinInterval };

            var trigger = current.AskedAt is null ? DreamTrigger.Automatic : DreamTrigger.Manual;
            return current with
            {
                Run = new DreamClaim(Ids.New(), now, trigger, current.RebuildCard, current.Fresh) { Owner = owner, HeartbeatAt = now },
                AskedAt = null,
                RebuildCard = false,
                Fresh = 0,
                FreshAt = null,
                EnoughAt = null,
            };
        }
    }

    private async Task BeatAsync(Partition pair, DreamClaim claim, CancellationTokenSource overtaken)
    {
        using var timer = new PeriodicTimer(options.Heartbeat, time);
        while (await timer.WaitForNextTickAsync(overtaken.Token))
        {
            try
            {
                var dream = await notes.ChangeAsync(pair, Beat, overtaken.Token);
                if (dream?.Run?.Owner != claim.Owner)
                    await overtaken.CancelAsync();
            }
            catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
            {
                // The lease is several signs of life long.
            }
        }

        Dream? Beat(Dream? current) => current?.Run is { } run && run.Owner == claim.Owner ? current with { Run = run with { HeartbeatAt = time.GetUtcNow() } } : current;
    }

    /// <summary>What failed may be tried again by anybody, at once where no time is given.</summary>
    private Task GiveBackAsync(Partition pair, DreamClaim claim, DateTimeOffset? again) => notes.ChangeAsync(
        pair,
        current => current?.Run is { } run && run.Owner == claim.Owner ? current with { Run = run with { Owner = null, HeartbeatAt = again - options.Lease } } : current,
        CancellationToken.None);

    private async Task DreamAsync(Partition pair, DreamClaim claim, bool createCard, CancellationToken cancellationToken)
    {
        var answer = await AnswerAsync(pair, claim, cancellationToken);
        var document = await store.ReadAsync(pair, DreamRun.IdOf(claim.Id), cancellationToken) ?? throw Overtaken();
        var run = (Value: document.As(DocumentJson.Default.DreamRun), document.ETag);
        var changes = new DreamChanges(store, pair, answer, time);
        var proposals = answer.InOrder();

        // A death may have come between the last change and its index entries.
        if (run.Value.Applied > 0)
            await IndexAsync(pair, await changes.TouchedAsync(proposals[run.Value.Applied - 1], cancellationToken), cancellationToken);
        for (var next = run.Value.Applied; next < proposals.Count; next++)
            run = await ApplyAsync(pair, changes, proposals[next], next + 1, run.Value, run.ETag, cancellationToken);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (card, entries) = createCard || claim.RebuildCard ? await CardAsync(pair, claim.RebuildCard, cancellationToken) : (null, 0);
            if (await EndAsync(pair, run.Value with { CardEntries = entries }, run.ETag, card, cancellationToken))
                return;
        }

        throw Overtaken();
    }

    private async Task<Consolidation> AnswerAsync(Partition pair, DreamClaim claim, CancellationToken cancellationToken)
    {
        var id = DreamAnswer.IdOf(claim.Id);
        if (await store.FindAsync(pair, id, DocumentJson.Default.DreamAnswer, cancellationToken) is { } saved)
            return saved.Consolidation;

        var current = await CurrentAsync(pair, cancellationToken);
        var request = new ConsolidationRequest(pair.Workspace, pair.Second!, pair.Third!, [.. current.Select(Recalled)]);
        var answer = await reasoner.ConsolidateAsync(request, cancellationToken);
        var run = Begun(claim) with { Reasoner = reasoner.Name, Usage = answer.Usage };
        Operation[] begin =
        [
            new Operation.Create(id, Stored.Body(new DreamAnswer { Consolidation = answer }, DocumentJson.Default.DreamAnswer)),
            new Operation.Create(DreamRun.IdOf(run.Id), Stored.Body(run, DocumentJson.Default.DreamRun)),
        ];
        // Where the pair was erased meanwhile, what was made of it is not stored.
        if (await notes.WriteAsync(pair, claim.Id, begin, dream => dream, cancellationToken))
            return answer;

        return (await store.FindAsync(pair, id, DocumentJson.Default.DreamAnswer, cancellationToken))?.Consolidation ?? throw Overtaken();
    }

    private async Task<(DreamRun Value, string ETag)> ApplyAsync(
        Partition pair,
        DreamChanges changes,
        Consolidation.Proposal proposal,
        int applied,
        DreamRun run,
        string etag,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts && await changes.OfAsync(proposal, cancellationToken) is { } change; attempt++)
        {
            var next = run with { Applied = applied, Changes = run.Changes + change.Tally };
            Operation record = new Operation.Replace(DreamRun.IdOf(run.Id), Stored.Body(next, DocumentJson.Default.DreamRun), etag);
            var told = await outbox.OfAsync(pair, change.Operations, cancellationToken);
            var result = await store.ExecuteAsync(pair, [.. change.Operations, record, .. told], cancellationToken);
            if (result.Applied)
            {
                await IndexAsync(pair, change.Touched, cancellationToken);
                await outbox.WakeAsync(pair, told, cancellationToken);
                return (next, result.ETags[change.Operations.Count]);
            }

            if (result.FailedOperation == change.Operations.Count)
                throw Overtaken();
        }

        // It does not hold any more, or others change the same without end: the next dream sees it.
        return (run, etag);
    }

    private async Task IndexAsync(Partition pair, IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        foreach (var page in ids.Chunk(StoreLimits.PageSize))
        {
            var found = (await store.QueryAsync(pair, new Query("conclusion") { Ids = page }, cancellationToken)).Items;
            await index.RemoveAsync(pair.Workspace, [.. page.Except(found.Select(document => document.Id))], cancellationToken);
            await index.AddAsync([.. found.Select(document => document.As(DocumentJson.Default.Conclusion))], cancellationToken);
        }
    }

    private async Task<(Operation? Card, int Entries)> CardAsync(Partition pair, bool rebuild, CancellationToken cancellationToken)
    {
        var current = await CurrentAsync(pair, cancellationToken);
        var card = await store.ReadAsync(pair, PeerCard.Id, cancellationToken);
        string[] cited = [.. (card?.As(DocumentJson.Default.PeerCard).Generated ?? []).Select(entry => entry.ConclusionId).Distinct()];
        var held = cited.Length == 0 ? [] : (await store.QueryAsync(pair, new Query("conclusion") { Ids = cited, Where = Clocks.Now.Holding }, cancellationToken)).Items;
        var outdated = cited.Except(held.Select(document => document.Id)).ToHashSet();
        return PeerCards.Refreshing(card, outdated, current.OrderBy(conclusion => conclusion.SaidAt), rebuild);
    }

    /// <summary>Together with the card, so that a dream of what was erased meanwhile leaves none.</summary>
    private async Task<bool> EndAsync(Partition pair, DreamRun run, string etag, Operation? card, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var ended = run with { EndedAt = now, Outcome = DreamOutcome.Completed };
        var old = await store.QueryAsync(pair, new Query(DreamRun.DocumentType) { Descending = true, Skip = DreamRun.Kept, Limit = StoreLimits.BatchOperations / 2 }, cancellationToken);
        Operation[] operations =
        [
            new Operation.Replace(DreamRun.IdOf(run.Id), Stored.Body(ended, DocumentJson.Default.DreamRun), etag),
            new Operation.Delete(DreamAnswer.IdOf(run.Id)),
            .. old.Items.Select(document => new Operation.Delete(document.Id)),
            .. new[] { card }.OfType<Operation>(),
        ];
        return await notes.WriteAsync(pair, run.Id, operations, dream => dream with { Run = null, NotBefore = now + options.MinInterval }, cancellationToken);
    }

    /// <summary>The newest that hold now, oldest first.</summary>
    private async Task<List<Conclusion>> CurrentAsync(Partition pair, CancellationToken cancellationToken)
    {
        var conclusions = new List<Conclusion>();
        var query = new Query("conclusion") { Where = Stored.And(Clocks.Now.Holding, Statements), Descending = true };
        await foreach (var document in store.AllAsync(pair, query, cancellationToken))
        {
            conclusions.Add(document.As(DocumentJson.Default.Conclusion));
            if (conclusions.Count == MaxConclusions)
                break;
        }

        conclusions.Reverse();
        return conclusions;
    }

    private static RecalledConclusion Recalled(Conclusion conclusion) =>
        new(conclusion.Id, conclusion.Content, conclusion.Level, conclusion.SaidAt, conclusion.SessionId, conclusion.MessageIds, 0, null)
        {
            CreatedAt = conclusion.CreatedAt,
            ValidFrom = conclusion.ValidFrom,
            Slot = conclusion.Slot,
            SourceIds = conclusion.SourceIds,
        };

    private static DreamRun Begun(DreamClaim claim) => new() { Id = claim.Id, CreatedAt = claim.StartedAt, Trigger = claim.Trigger, Outcome = DreamOutcome.Running };

    private static KithException Overtaken() => new(ErrorCode.Unavailable, "Another process goes on with this dream");
}
