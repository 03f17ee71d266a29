using System.Numerics.Tensors;
using Kith.Core.Filters;
using Kith.Core.Reasoning;
using Kith.Core.Reasoning.Extractive;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>
/// Saves what was derived into one pair's memory, in one batch or, where it is more than fits, in several that are whole each: repeats and near-repeats are merged with their sources, a newer value of an
/// exclusive slot closes the older one, a denial is linked and reported. Applying the same statements again changes nothing.
/// </summary>
internal sealed class ConclusionWriter(IDocumentStore store, IRecallIndex index, ConclusionIndex conclusionIndex, DreamNotes notes, TimeProvider time)
{
    /// <summary>Cosine distance up to which two texts say the same (spec honcho-engine §3.2).</summary>
    private const double SameDistance = 0.05;

    private const int Neighbours = 6;
    private const int Attempts = 16;

    /// <summary>What they may change is read at once.</summary>
    private const int StatementsPerReading = 200;

    /// <summary>The rest of a batch is for the card, the dream state and what is told to others.</summary>
    private const int MostOperations = StoreLimits.BatchOperations - 3;

    /// <summary>Each statement changes itself, seldom a near-repeat, a report of a contradiction and what it ends as well: with so many changes a batch is closed.</summary>
    private const int EnoughOperations = MostOperations - 1;

    private const int MostRivals = 48;

    /// <summary>Values of slots that are read for one batch; what was true before that is not put in order any more.</summary>
    private const int LongestLine = 500;

    /// <summary>Returns where each statement ended up.</summary>
    /// <param name="isReread">The messages were read before, perhaps with other words for what they say: what people rejected of it stays so.</param>
    public async Task<IReadOnlyList<Placement>> WriteAsync(
        Partition pair,
        string session,
        IReadOnlyList<(Statement Statement, DateTimeOffset SaidAt)> statements,
        bool createCard,
        bool isReread,
        CancellationToken cancellationToken)
    {
        // A microsecond apart, so that lists keep the order in which things were said.
        var now = time.GetUtcNow();
        var vectors = await conclusionIndex.EmbedAsync(pair.Workspace, [.. statements.Select(fact => fact.Statement.Content)], cancellationToken);
        var candidates = statements.Select((fact, i) => new Candidate(Fresh(pair, session, fact.Statement, fact.SaidAt, now.AddMicroseconds(i)), vectors[i]));
        var placements = new List<Placement>();
        foreach (var chunk in candidates.Chunk(StatementsPerReading))
            placements.AddRange(await WriteAsync(pair, chunk, createCard, isReread, cancellationToken));
        return placements;
    }

    private async Task<IReadOnlyList<Placement>> WriteAsync(Partition pair, Candidate[] candidates, bool createCard, bool isReread, CancellationToken cancellationToken)
    {
        var fresh = 0;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var (draft, card, dream) = await LoadAsync(pair, candidates, isReread, cancellationToken);
            var placements = new List<Placement>();
            for (int from = 0, next; from < candidates.Length; from = next)
            {
                for (next = from; next < candidates.Length && draft.Changes < EnoughOperations; next++)
                    placements.Add(new Placement(draft.Add(candidates[next]), candidates[next].Fresh.MessageIds));

                var isLast = next == candidates.Length;
                List<Operation> operations = [.. draft.Operations];
                // The card and the dream state are told of all at once.
                if (isLast && createCard && PeerCards.Adding(card, draft.Touched.Where(conclusion => conclusion.IsCurrent)) is { } onCard)
                    operations.Add(onCard);
                var isTooMuch = next - from > 1 && !Fits(operations);
                if (draft.IsStale || isTooMuch)
                {
                    if (fresh > 0)
                        await notes.WriteAsync(pair, [], fresh, new Known(dream), cancellationToken);
                    var until = isTooMuch ? from + ((next - from) / 2) : candidates.Length;
                    return [.. placements.Take(from), .. await WriteRestAsync(candidates[..from], candidates[from..until], candidates[until..])];
                }

                var counted = fresh + draft.Fresh;
                if ((operations.Count > 0 || fresh > 0) && !await notes.WriteAsync(pair, operations, isLast ? counted : 0, new Known(dream), cancellationToken))
                    break;
                fresh = counted;
                draft.Wrote();
                if (!isLast)
                    continue;

                await conclusionIndex.RemoveAsync(pair.Workspace, draft.Removed, cancellationToken);
                await conclusionIndex.AddAsync(draft.Touched, cancellationToken);
                return placements;
            }
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this memory at once; try again.");

        // What was written before is written again: nothing of it changes, but it is indexed.
        async Task<IEnumerable<Placement>> WriteRestAsync(params Candidate[][] parts)
        {
            var written = new List<Placement>();
            foreach (var part in parts.Where(part => part.Length > 0))
                written.AddRange(await WriteAsync(pair, part, createCard, isReread, cancellationToken));
            return written.Skip(parts[0].Length);
        }
    }

    private static bool Fits(List<Operation> operations) => operations.Count <= MostOperations && operations.Sum(Size) <= StoreLimits.Bytes / 2;

    private static long Size(Operation operation) => operation switch
    {
        Operation.Create create => create.Body.Length,
        Operation.Replace replace => replace.Body.Length,
        Operation.Upsert upsert => upsert.Body.Length,
        _ => 0,
    };

    /// <summary>What is stored already and may be changed: the same words, nearly the same words in the same session, rivals for a slot or a claim, and what links to these.</summary>
    private async Task<(MemoryDraft Draft, Document? Card, Document? Dream)> LoadAsync(Partition pair, Candidate[] candidates, bool isReread, CancellationToken cancellationToken)
    {
        var near = await NearAsync(pair, candidates, cancellationToken);
        HashSet<string> ids =
        [
            .. candidates.SelectMany(candidate => new[] { candidate.Fresh.Id, MemoryDraft.AgainId(candidate.Fresh) }),
            .. near.Values.SelectMany(found => found),
        ];
        Query[] queries = [.. new[] { Rivals(candidates), isReread ? Rejected(candidates) : null }.OfType<Query>()];
        var read = await store.GatherAsync(pair, [.. ids, PeerCard.Id, Dream.Id], queries, cancellationToken);
        Document? Read(string id) => read.FirstOrDefault(document => document.Id == id);
        var documents = Newest(read.Where(document => document.IsOf("conclusion")), ids).ToList();

        // What they link to, and what links to that.
        for (var round = 0; round < 2; round++)
        {
            string[] linked = [.. Linked(candidates, documents).Where(ids.Add).Except(documents.Select(document => document.Id)).Take(StoreLimits.PageSize)];
            if (linked.Length == 0)
                break;
            documents.AddRange(await ReadAsync(pair, linked, cancellationToken));
        }

        documents.AddRange(await LineAsync(pair, candidates, documents, cancellationToken));
        return (new MemoryDraft(documents.DistinctBy(document => document.Id), near, candidates, SameDistance), Read(PeerCard.Id), Read(Dream.Id));
    }

    /// <summary>What was asked for by id, and of the others the newest: all that they change has to fit a batch.</summary>
    private static IEnumerable<Document> Newest(IEnumerable<Document> documents, HashSet<string> ids)
    {
        var named = documents.ToLookup(document => ids.Contains(document.Id));
        return named[true].Concat(named[false].OrderByDescending(document => DocumentColumns.Of(document.Body).CreatedAt, StringComparer.Ordinal).Take(MostRivals));
    }

    /// <summary>What holds now in the slots of the candidates, or of their claims.</summary>
    private static Query? Rivals(Candidate[] candidates)
    {
        object[] slots = [.. candidates.Select(candidate => candidate.Fresh.Slot).OfType<string>().Distinct()];
        object[] claims = [.. candidates.Select(candidate => candidate.Fresh.Claim).OfType<string>().Distinct()];
        if (slots.Length + claims.Length == 0)
            return null;

        var isRival = new Condition.Any(new Condition.In(Field.Text("slot"), slots), new Condition.In(Field.Text("claim"), claims));
        return new Query("conclusion") { Where = new Condition.All(isRival, Clocks.Now.Holding) };
    }

    /// <summary>What they superseded, and reports of what they contradict.</summary>
    private static IEnumerable<string> Linked(Candidate[] candidates, IEnumerable<Document> documents)
    {
        Conclusion[] loaded = [.. documents.Select(document => document.As(DocumentJson.Default.Conclusion))];
        return loaded
            .SelectMany(conclusion => conclusion.Supersedes.Concat(Contradiction.IdsOf(conclusion)))
            .Concat(candidates.SelectMany(candidate => loaded.Where(rival => candidate.Fresh.Claim is { } claim && claim == rival.Claim).SelectMany(rival => MemoryDraft.ReportIds(candidate.Fresh, rival))))
            .Distinct();
    }

    private async Task<IReadOnlyList<Document>> ReadAsync(Partition pair, IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        (await store.QueryAsync(pair, new Query("conclusion") { Ids = ids, Limit = StoreLimits.PageSize }, cancellationToken)).Items;

    /// <summary>For what is told late: the older values of its slot, back to those from before it.</summary>
    private async Task<IReadOnlyList<Document>> LineAsync(Partition pair, Candidate[] candidates, IEnumerable<Document> loaded, CancellationToken cancellationToken)
    {
        var oldest = candidates.Where(candidate => candidate.Fresh.Slot is not null).GroupBy(candidate => candidate.Fresh.Slot!).ToDictionary(slot => slot.Key, slot => slot.Min(candidate => candidate.Fresh.Since));
        var line = new List<Document>();
        var known = loaded.Select(document => document.Id).ToHashSet();
        for (var last = loaded; line.Count < LongestLine;)
        {
            string[] before =
            [
                .. last.Select(document => document.As(DocumentJson.Default.Conclusion))
                    .Where(newer => newer.Slot is { } slot && oldest.TryGetValue(slot, out var since) && newer.Since > since)
                    .SelectMany(newer => newer.Supersedes)
                    .Where(known.Add),
            ];
            if (before.Length == 0)
                break;
            last = await ReadAsync(pair, before, cancellationToken);
            line.AddRange(last);
        }

        return line;
    }

    /// <summary>What a person rejected of what the same messages said.</summary>
    private static Query Rejected(Candidate[] candidates)
    {
        var restsOnThem = candidates.SelectMany(candidate => candidate.Fresh.MessageIds).Distinct().Select(id => new Condition.Includes(Field.TextList("messageIds"), id));
        var rejected = new Condition.All(new Condition.Not(new Condition.IsNull(Field.Time("retractedAt"))), new Condition.Any([.. restsOnThem]));
        return new Query("conclusion") { Where = rejected };
    }

    /// <summary>By the candidates' ids: what says nearly the same in their session.</summary>
    private async Task<IReadOnlyDictionary<string, IReadOnlyList<string>>> NearAsync(Partition pair, Candidate[] candidates, CancellationToken cancellationToken)
    {
        var scope = new RecallScope
        {
            Workspace = pair.Workspace,
            Kind = RecallKind.Conclusion,
            Observer = pair.Second,
            Observed = pair.Third,
            Sessions = new HashSet<string> { candidates[0].Fresh.SessionId! },
            // What was retracted must be recognised when its messages are read again.
            Levels = new HashSet<string> { Levels.Explicit, Levels.Past },
        };
        Candidate[] asked = [.. candidates.Where(candidate => !candidate.Vector.IsEmpty).DistinctBy(candidate => candidate.Fresh.Id)];
        RecallQuery[] queries =
        [
            .. asked.Select(candidate => new RecallQuery(scope) { Model = conclusionIndex.Model, Vector = candidate.Vector, VectorOnly = true, MaxDistance = SameDistance, Limit = Neighbours }),
        ];
        var hits = await index.SearchAsync(queries, cancellationToken);
        var near = candidates.DistinctBy(candidate => candidate.Fresh.Id).ToDictionary(candidate => candidate.Fresh.Id, _ => (IReadOnlyList<string>)[]);
        foreach (var (candidate, found) in asked.Zip(hits))
            near[candidate.Fresh.Id] = [.. found.Select(hit => hit.Id)];
        return near;
    }

    private static Conclusion Fresh(Partition pair, string session, Statement statement, DateTimeOffset saidAt, DateTimeOffset createdAt) => new()
    {
        Id = Ids.Of(pair.Workspace, pair.Second!, pair.Third!, Levels.Explicit, session, statement.Content.Trim().ToLowerInvariant()),
        WorkspaceId = pair.Workspace,
        Observer = pair.Second!,
        Observed = pair.Third!,
        Content = statement.Content.Trim(),
        Level = Levels.Explicit,
        Origin = Origins.Stated,
        SessionId = session,
        CreatedAt = createdAt,
        SaidAt = saidAt,
        MessageIds = statement.MessageIds,
        Language = statement.Language,
        ValidFrom = statement.ValidFrom,
        Slot = statement.Slot,
        Card = statement.Card,
        Claim = Claim.Of(statement.Content)?.Key,
    };

    internal readonly record struct Candidate(Conclusion Fresh, ReadOnlyMemory<float> Vector)
    {
        public bool SaysTheSameAs(Candidate other, double distance) =>
            !Vector.IsEmpty && !other.Vector.IsEmpty && 1 - TensorPrimitives.Dot(Vector.Span, other.Vector.Span) <= distance;
    }
}
