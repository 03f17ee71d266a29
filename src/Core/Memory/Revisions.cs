using Kith.Core.Filters;
using Kith.Core.Reasoning.Extractive;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>What people change about single conclusions. Nothing is lost by it: what was held before stays in the history.</summary>
internal sealed class Revisions(IDocumentStore store, IndexedWrites writes, PeerCards cards, TimeProvider time)
{
    /// <summary>Of a slot's holders, and of contradictions, that one change ends: a few each in practice.</summary>
    private const int MostEnded = StoreLimits.BatchOperations / 3;

    private const int LongestHistory = 200;

    public async Task<Conclusion> CorrectAsync(Partition pair, string id, string content, CancellationToken cancellationToken)
    {
        Conclusion corrected = null!;
        var written = await writes.WriteAsync(pair, PlanAsync, cancellationToken);
        await cards.ReplaceAsync(pair, written.Where(conclusion => !conclusion.IsCurrent).Select(conclusion => conclusion.Id).ToHashSet(), [corrected], cancellationToken);
        return corrected;

        async Task<IReadOnlyList<IndexedWrites.Change>> PlanAsync()
        {
            var (wrong, etag) = await HeldAsync(pair, id, cancellationToken);
            var now = time.GetUtcNow();
            corrected = wrong with
            {
                Id = Ids.New(),
                Content = content,
                Level = Levels.Explicit,
                Origin = Origins.Human,
                CreatedAt = now,
                SaidAt = now,
                // It was wrong from the start, and so is this right from then on.
                ValidFrom = wrong.Since,
                MessageIds = [],
                SourceIds = [],
                TimesDerived = 1,
                Supersedes = [wrong.Id],
                Contradicts = [],
                Claim = Claim.Of(content)?.Key,
            };
            var others = corrected is { Slot: { } slot, IsCurrent: true } ? await HoldersAsync(pair, slot, wrong.Id, cancellationToken) : [];
            corrected = corrected with { Supersedes = [wrong.Id, .. others.Select(other => other.Id)] };
            return
            [
                new(corrected),
                new(wrong.Retract(now) with { SupersededBy = corrected.Id }, etag),
                .. others.Select(other => new IndexedWrites.Change(other.As(DocumentJson.Default.Conclusion).Close(now, now, corrected.Id), other.ETag)),
                .. await ResolvedAsync(pair, wrong, now, cancellationToken),
            ];
        }
    }

    public async Task<Conclusion> PinAsync(Partition pair, string id, bool pinned, CancellationToken cancellationToken)
    {
        // Only the flag: the recall index does not know it.
        var changed = await store.ChangeAsync(pair, id, DocumentJson.Default.Conclusion, Pin, cancellationToken);
        return changed ?? throw Errors.ConclusionNotFound(id, pair.Workspace);

        Conclusion? Pin(Conclusion? current) => current switch
        {
            null => null,
            { RetractedAt: not null } => throw Withdrawn(current),
            _ => current.Pinned == pinned ? current : current with { Pinned = pinned },
        };
    }

    public async Task<Conclusion> RetractAsync(Partition pair, string id, CancellationToken cancellationToken)
    {
        Conclusion retracted = null!;
        var written = await writes.WriteAsync(pair, PlanAsync, cancellationToken);
        await cards.ReplaceAsync(pair, new HashSet<string> { id }, written, cancellationToken);
        return retracted;

        async Task<IReadOnlyList<IndexedWrites.Change>> PlanAsync()
        {
            var document = await store.ReadAsync(pair, id, cancellationToken) ?? throw Errors.ConclusionNotFound(id, pair.Workspace);
            retracted = document.As(DocumentJson.Default.Conclusion);
            if (retracted.RetractedAt is not null)
                return [];
            var now = time.GetUtcNow();
            var resolved = await ResolvedAsync(pair, retracted, now, cancellationToken);
            Conclusion[] again = [.. (await EndedByAsync(pair, retracted, cancellationToken)).Select(older => Succession.Again(older, retracted, now))];
            var newest = again.Where(older => older.IsCurrent).MaxBy(older => older.ValidFrom);
            retracted = retracted.Retract(now) with { SupersededBy = newest?.Id ?? retracted.SupersededBy };
            return [new(retracted, document.ETag), .. again.Select(older => new IndexedWrites.Change(older)), .. resolved];
        }
    }

    /// <summary>Everything that took the place of the other, before and after, in the order in which it was true.</summary>
    public async Task<IReadOnlyList<Conclusion>> HistoryAsync(Partition pair, Conclusion conclusion, CancellationToken cancellationToken)
    {
        var known = new Dictionary<string, Conclusion> { [conclusion.Id] = conclusion };
        for (string[] next = Links([conclusion]); next.Length > 0;)
        {
            var page = await store.QueryAsync(pair, new Query("conclusion") { Ids = next, Limit = StoreLimits.PageSize }, cancellationToken);
            Conclusion[] found = [.. page.Items.Select(document => document.As(DocumentJson.Default.Conclusion))];
            foreach (var linked in found)
                known[linked.Id] = linked;
            next = Links(found);
        }

        return [.. known.Values.OrderBy(linked => linked.Since).ThenBy(linked => linked.CreatedAt)];

        string[] Links(Conclusion[] conclusions) =>
        [
            .. conclusions
                .SelectMany(linked => linked.SupersededBy is { } newer ? linked.Supersedes.Append(newer) : linked.Supersedes)
                .Distinct()
                .Where(link => !known.ContainsKey(link))
                .Take(Math.Max(0, LongestHistory - known.Count)),
        ];
    }

    private async Task<(Conclusion Conclusion, string ETag)> HeldAsync(Partition pair, string id, CancellationToken cancellationToken)
    {
        var document = await store.ReadAsync(pair, id, cancellationToken) ?? throw Errors.ConclusionNotFound(id, pair.Workspace);
        var conclusion = document.As(DocumentJson.Default.Conclusion);
        return conclusion.RetractedAt is null ? (conclusion, document.ETag) : throw Withdrawn(conclusion);
    }

    private async Task<IReadOnlyList<Document>> HoldersAsync(Partition pair, string slot, string except, CancellationToken cancellationToken)
    {
        var holders = new Query("conclusion")
        {
            Where = new Condition.All(new Condition.Compare(Field.Text("slot"), Comparison.Equal, slot), Clocks.Now.Holding),
            Limit = MostEnded,
        };
        return [.. (await store.QueryAsync(pair, holders, cancellationToken)).Items.Where(document => document.Id != except)];
    }

    /// <summary>What nothing but this conclusion had ended: none while another value of its slot holds.</summary>
    private async Task<IReadOnlyList<Conclusion>> EndedByAsync(Partition pair, Conclusion newer, CancellationToken cancellationToken)
    {
        if (newer.Supersedes.Count == 0 || (newer is { Slot: { } slot, IsCurrent: true } && (await HoldersAsync(pair, slot, newer.Id, cancellationToken)).Count > 0))
            return [];
        var query = new Query("conclusion") { Ids = [.. newer.Supersedes.Take(MostEnded)], Limit = MostEnded };
        return [.. (await store.QueryAsync(pair, query, cancellationToken)).Items
            .Select(document => document.As(DocumentJson.Default.Conclusion))
            .Where(older => older is { RetractedAt: null, ValidTo: not null } && older.SupersededBy == newer.Id && (newer.ValidTo is null || older.ValidTo < newer.ValidTo))];
    }

    /// <summary>The contradictions that end with one of their sides.</summary>
    private async Task<IEnumerable<IndexedWrites.Change>> ResolvedAsync(Partition pair, Conclusion side, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (side.Contradicts.Count == 0)
            return [];
        var query = new Query("conclusion") { Ids = [.. Contradiction.IdsOf(side).Take(MostEnded)], Where = Clocks.Now.Holding };
        var page = await store.QueryAsync(pair, query, cancellationToken);
        return page.Items.Select(document => new IndexedWrites.Change(document.As(DocumentJson.Default.Conclusion).Close(now, now, null), document.ETag));
    }

    private static KithException Withdrawn(Conclusion conclusion) => new(
        ErrorCode.Conflict,
        conclusion.SupersededBy is { } newer ? $"Conclusion {conclusion.Id} was withdrawn: change {newer} instead" : $"Conclusion {conclusion.Id} was retracted");
}
