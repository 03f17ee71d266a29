using Kith.Core.Filters;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>
/// Saves what was derived into one pair's memory: repeats and near-repeats are merged with their sources, a newer value of an exclusive slot closes
/// the older one. Applying the same statements again changes nothing.
/// </summary>
internal sealed class ConclusionWriter(IDocumentStore store, IRecallIndex index, ConclusionIndex conclusionIndex, PeerCards cards, TimeProvider time)
{
    /// <summary>Cosine distance up to which two texts say the same (spec honcho-engine §3.2).</summary>
    private const double SameDistance = 0.05;

    private const int Neighbours = 3;
    private const int Attempts = 16;

    public async Task WriteAsync(
        Partition pair,
        string session,
        IReadOnlyList<(Statement Statement, DateTimeOffset SaidAt)> statements,
        bool createCard,
        CancellationToken cancellationToken)
    {
        var vectors = await conclusionIndex.EmbedAsync([.. statements.Select(fact => fact.Statement.Content)], cancellationToken);
        for (var i = 0; i < statements.Count; i++)
        {
            var written = await WriteOneAsync(pair, session, statements[i].Statement, statements[i].SaidAt, vectors[i], cancellationToken);
            if (createCard)
                await cards.AddAsync(pair, [written], rebuild: false, cancellationToken);
        }
    }

    /// <summary>Distinct words, plus ten for each that the other text lacks: which of two texts that say the same says more.</summary>
    private static int Information(string text, string other)
    {
        var words = Words(text);
        var lacking = words.Except(Words(other)).Count();
        return words.Count + (10 * lacking);

        static HashSet<string> Words(string value) =>
            [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(word => word.Trim('.', ',', '!', '?', ';', ':', '"').ToLowerInvariant())];
    }

    private async Task<Conclusion> WriteOneAsync(Partition pair, string session, Statement statement, DateTimeOffset saidAt, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        var fresh = Fresh(pair, session, statement, saidAt);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var merge = await PlanAsync(pair, fresh, vector, cancellationToken);
            if (merge.Operations.Count > 0 && !(await store.ExecuteAsync(pair, merge.Operations, cancellationToken)).Applied)
                continue;

            await conclusionIndex.RemoveAsync(pair.Workspace, merge.Unindexed, cancellationToken);
            if (merge.Written.ValidTo is null)
                await conclusionIndex.AddAsync([merge.Written], [merge.Written.Content == fresh.Content ? vector : (await conclusionIndex.EmbedAsync([merge.Written.Content], cancellationToken))[0]], cancellationToken);
            return merge.Written;
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this memory at once; try again.");
    }

    private async Task<Merge> PlanAsync(Partition pair, Conclusion fresh, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        var (same, etag) = await SameAsync(pair, fresh, vector, cancellationToken);
        if (same is null)
            return await InsertAsync(pair, fresh, [], cancellationToken);
        if (fresh.MessageIds.All(same.MessageIds.Contains))
            return new Merge(same, [], []);

        var merged = fresh with
        {
            MessageIds = [.. same.MessageIds.Union(fresh.MessageIds)],
            TimesDerived = same.TimesDerived + 1,
            CreatedAt = same.CreatedAt,
            SaidAt = same.SaidAt > fresh.SaidAt ? same.SaidAt : fresh.SaidAt,
            ValidTo = same.ValidTo,
        };
        if (same.Id != fresh.Id && Information(fresh.Content, same.Content) >= Information(same.Content, fresh.Content))
            return await InsertAsync(pair, merged, [(same.Id, etag!)], cancellationToken);

        var kept = merged with { Id = same.Id, Content = same.Content, Slot = same.Slot, Card = same.Card, ValidFrom = same.ValidFrom, Language = same.Language };
        return new Merge(kept, [Replace(kept, etag!)], []);
    }

    /// <summary>The stored conclusion that says the same in the same session: word for word, or so close that it makes no difference. Human ones are left alone.</summary>
    private async Task<(Conclusion? Same, string? ETag)> SameAsync(Partition pair, Conclusion fresh, ReadOnlyMemory<float> vector, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(pair, fresh.Id, cancellationToken) is { } exact)
            return (exact.As(DocumentJson.Default.Conclusion), exact.ETag);

        var scope = new RecallScope
        {
            Workspace = pair.Workspace,
            Kind = RecallKind.Conclusion,
            Observer = pair.Second,
            Observed = pair.Third,
            Sessions = new HashSet<string> { fresh.SessionId! },
            Levels = new HashSet<string> { fresh.Level },
        };
        var query = new RecallQuery(scope) { Vector = vector, VectorOnly = true, MaxDistance = SameDistance, Limit = Neighbours };
        foreach (var hit in await index.SearchAsync(query, cancellationToken))
        {
            if (await store.ReadAsync(pair, hit.Id, cancellationToken) is { } near
                && near.As(DocumentJson.Default.Conclusion) is { Origin: Origins.Stated, ValidTo: null } conclusion
                && conclusion.Slot == fresh.Slot)
            {
                return (conclusion, near.ETag);
            }
        }

        return (null, null);
    }

    private async Task<Merge> InsertAsync(Partition pair, Conclusion conclusion, IReadOnlyList<(string Id, string ETag)> replaced, CancellationToken cancellationToken)
    {
        var operations = new List<Operation>();
        var unindexed = replaced.Select(old => old.Id).ToList();
        operations.AddRange(replaced.Select(old => new Operation.Delete(old.Id, old.ETag)));
        if (conclusion.Slot is not null)
        {
            foreach (var document in await HoldersAsync(pair, conclusion, cancellationToken))
            {
                var holder = document.As(DocumentJson.Default.Conclusion);
                if (unindexed.Contains(holder.Id) || holder.Content == conclusion.Content)
                    continue;

                if (holder.Origin == Origins.Human || Since(holder) > Since(conclusion))
                {
                    // What a person wrote, or what was said later, stands: this one was true until then.
                    conclusion = conclusion with { ValidTo = Earliest(conclusion.ValidTo, Since(holder)) };
                }
                else
                {
                    operations.Add(Replace(holder with { ValidTo = Since(conclusion) }, document.ETag));
                    unindexed.Add(holder.Id);
                }
            }
        }

        operations.Add(new Operation.Create(conclusion.Id, Stored.Body(conclusion, DocumentJson.Default.Conclusion)));
        return new Merge(conclusion, operations, unindexed);
    }

    /// <summary>Conclusions that hold the same slot now.</summary>
    private async Task<IReadOnlyList<Document>> HoldersAsync(Partition pair, Conclusion conclusion, CancellationToken cancellationToken)
    {
        var sameSlot = new Condition.Compare(Field.Text("slot"), Comparison.Equal, conclusion.Slot!);
        var query = new Query("conclusion") { Where = Stored.And(sameSlot, Conclusions.Current), Limit = StoreLimits.BatchOperations / 2 };
        return (await store.QueryAsync(pair, query, cancellationToken)).Items;
    }

    private static DateTimeOffset Since(Conclusion conclusion) => conclusion.ValidFrom ?? conclusion.SaidAt;

    private static DateTimeOffset Earliest(DateTimeOffset? one, DateTimeOffset other) => one is null || other < one ? other : one.Value;

    private static Operation Replace(Conclusion conclusion, string etag) =>
        new Operation.Replace(conclusion.Id, Stored.Body(conclusion, DocumentJson.Default.Conclusion), etag);

    private Conclusion Fresh(Partition pair, string session, Statement statement, DateTimeOffset saidAt) => new()
    {
        Id = Ids.Of(pair.Second!, pair.Third!, Levels.Explicit, session, statement.Content.Trim().ToLowerInvariant()),
        WorkspaceId = pair.Workspace,
        Observer = pair.Second!,
        Observed = pair.Third!,
        Content = statement.Content.Trim(),
        Level = Levels.Explicit,
        Origin = Origins.Stated,
        SessionId = session,
        CreatedAt = time.GetUtcNow(),
        SaidAt = saidAt,
        MessageIds = statement.MessageIds,
        Language = statement.Language,
        ValidFrom = statement.ValidFrom,
        Slot = statement.Slot,
        Card = statement.Card,
    };

    /// <param name="Written">What the statement became.</param>
    /// <param name="Unindexed">Conclusions that plain recall must not find any more.</param>
    private sealed record Merge(Conclusion Written, IReadOnlyList<Operation> Operations, IReadOnlyList<string> Unindexed);
}
