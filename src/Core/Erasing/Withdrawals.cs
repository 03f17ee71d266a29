using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Rebuilding;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Erasing;

/// <summary>
/// Takes out of memory what rests on a session's erased messages, as its tombstones tell: what rests on nothing else goes, and what other messages say too
/// stays in their words. Safe to repeat.
/// </summary>
internal sealed class Withdrawals(IDocumentStore store, Removals removals, ConclusionWriter writer, ConclusionIndex index, Rebuilds rebuilds, Dreams dreams)
{
    /// <summary>The messages that were erased in the session. Those that only became too old are none of them: what rests on them stays.</summary>
    public async Task<HashSet<string>> ErasedAsync(Partition session, CancellationToken cancellationToken)
    {
        var erased = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var document in store.AllAsync(session, new Query(Tombstone.DocumentType) { Where = new Condition.Not(new Condition.Compare(Field.Text("erasure"), Comparison.Equal, Tombstone.OfRetention)), Order = QueryOrder.Sequence }, cancellationToken))
            erased.Add(document.As(DocumentJson.Default.Tombstone).MessageId);
        return erased;
    }

    /// <summary>What rests on these messages, by kind of document.</summary>
    /// <param name="except">A peer whose pairs and derivations are not looked at: they go as a whole.</param>
    public async Task<IReadOnlyDictionary<string, long>> CountAsync(Partition session, HashSet<string> erased, string? except, CancellationToken cancellationToken) => erased.Count == 0
        ? new Dictionary<string, long>()
        : new Dictionary<string, long>
        {
            ["conclusion"] = await CitingAsync(session, erased, except, cancellationToken).LongCountAsync(cancellationToken),
            ["derivation"] = await DerivationsAsync(session, erased, except, cancellationToken).LongCountAsync(cancellationToken),
        };

    /// <param name="except">As above.</param>
    public async Task SettleAsync(Partition session, HashSet<string> erased, string? except, CancellationToken cancellationToken)
    {
        if (erased.Count == 0)
            return;

        await foreach (var document in DerivationsAsync(session, erased, except, cancellationToken))
            await StripAsync(document, erased, cancellationToken);
        var byPair = new Dictionary<Partition, List<Conclusion>>();
        await foreach (var document in CitingAsync(session, erased, except, cancellationToken))
        {
            if (!byPair.TryGetValue(document.Partition, out var citing))
                byPair[document.Partition] = citing = [];
            citing.Add(document.As(DocumentJson.Default.Conclusion));
        }

        foreach (var (pair, citing) in byPair)
            await SettleAsync(pair, session, citing, erased, cancellationToken);
    }

    /// <summary>
    /// Takes away what whoever was overtaken by an erasure wrote beside a pair's conclusions: index entries of those that are gone, and the state of a pair of which
    /// nothing is known. True for such a pair.
    /// </summary>
    public async Task<bool> TidyAsync(Partition pair, IReadOnlyCollection<string> conclusions, CancellationToken cancellationToken)
    {
        foreach (var page in conclusions.Chunk(StoreLimits.PageSize))
        {
            var left = (await store.QueryAsync(pair, new Query("conclusion") { Ids = page }, cancellationToken)).Items;
            await index.RemoveAsync(pair.Workspace, [.. page.Except(left.Select(document => document.Id))], cancellationToken);
        }

        // Whoever writes something new here replaces the state, which is read first: one of the two is not applied.
        var state = await store.GatherAsync(pair, [PeerCard.Id, Dream.Id], [], cancellationToken);
        var card = state.FirstOrDefault(document => document.Id == PeerCard.Id)?.As(DocumentJson.Default.PeerCard);
        if (card?.Human is not null || (await store.QueryAsync(pair, new Query("conclusion") { Limit = 1 }, cancellationToken)).Items.Count > 0)
            return false;
        return state.Count == 0 || (await store.ExecuteAsync(pair, [.. state.Select(document => new Operation.Delete(document.Id, document.ETag))], cancellationToken)).Applied;
    }

    /// <summary>Conclusions that rest on one of them: stamped with the session, or merged from several.</summary>
    private IAsyncEnumerable<Document> CitingAsync(Partition session, HashSet<string> erased, string? except, CancellationToken cancellationToken)
    {
        var stamped = new Condition.Compare(Field.Text("sessionId"), Comparison.Equal, session.Second!);
        var merged = new Condition.Compare(Field.Number("timesDerived"), Comparison.Greater, 1d);
        var inferred = new Condition.Compare(Field.Text("origin"), Comparison.Equal, Origins.Inferred);
        var query = new Query("conclusion") { Where = new Condition.Any(stamped, merged, inferred) };
        return store.AllAsync(Partition.WholeWorkspace(Container.Memory, session.Workspace), query, cancellationToken)
            .Where(document => except is null || (document.Partition.Second != except && document.Partition.Third != except))
            .Where(document => document.As(DocumentJson.Default.Conclusion).MessageIds.Any(erased.Contains));
    }

    private IAsyncEnumerable<Document> DerivationsAsync(Partition session, HashSet<string> erased, string? except, CancellationToken cancellationToken) =>
        store.AllAsync(session, new Query("derivation"), cancellationToken)
            .Where(document => document.As(DocumentJson.Default.Derivation) is var derivation && derivation.Observed != except && derivation.Statements.Any(statement => statement.MessageIds.Any(erased.Contains)));

    private Task StripAsync(Document document, HashSet<string> erased, CancellationToken cancellationToken)
    {
        var derivation = document.As(DocumentJson.Default.Derivation);
        Statement[] left = [.. derivation.Statements.Where(statement => !statement.MessageIds.Any(erased.Contains))];
        Operation change = left.Length == 0
            ? new Operation.Delete(document.Id)
            : new Operation.Upsert(document.Id, Stored.Body(derivation with { Statements = left }, DocumentJson.Default.Derivation));
        return store.ExecuteAsync(document.Partition, [change], cancellationToken);
    }

    private async Task SettleAsync(Partition pair, Partition session, List<Conclusion> citing, HashSet<string> erased, CancellationToken cancellationToken)
    {
        var gone = new List<string>();
        var again = new List<Said>();
        foreach (var conclusion in citing)
        {
            var said = conclusion.SourceIds.Count > 0 ? [] : await LeftAsync(pair, session, [.. conclusion.MessageIds.Where(id => !erased.Contains(id))], cancellationToken);
            if (said.FirstOrDefault(one => one.Says(conclusion.Content)) is { } same)
                await TrimAsync(pair, conclusion.Id, erased, same, cancellationToken);
            else
                gone.Add(conclusion.Id);
            again.AddRange(said.Where(one => !one.Says(conclusion.Content)));
        }

        var brokePattern = await removals.RemoveAsync(pair, gone, erases: true, cancellationToken);
        foreach (var place in again.DistinctBy(said => said.Statement).GroupBy(said => said.Session))
        {
            var options = await Observation.SessionOptionsAsync(store, place.Key, cancellationToken);
            await writer.WriteAsync(pair, place.Key.Second!, [.. place.Select(said => (said.Statement, said.SaidAt))], options.CreateCard, isReread: true, cancellationToken);
        }

        var asks = brokePattern || citing.Any(conclusion => conclusion.Level == Levels.Inductive);
        if (!await TidyAsync(pair, gone, cancellationToken) && asks)
            await dreams.AskAsync(pair, cancellationToken);
    }

    /// <summary>What the messages that are left say by themselves, as the reasoner once put it.</summary>
    private async Task<IReadOnlyList<Said>> LeftAsync(Partition pair, Partition session, string[] left, CancellationToken cancellationToken)
    {
        if (left.Length == 0)
            return [];

        var messages = new List<Message>();
        var query = new Query("message") { Ids = left, Order = QueryOrder.Sequence };
        await foreach (var document in store.AllAsync(session, query, cancellationToken))
            messages.Add(document.As(DocumentJson.Default.Message));
        if (messages.Count < left.Length)
        {
            await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Conversations, session.Workspace), query, cancellationToken))
                messages.Add(document.As(DocumentJson.Default.Message));
        }

        var said = new List<Said>();
        foreach (var place in messages.DistinctBy(message => message.Id).GroupBy(message => message.SessionId))
        {
            var found = await SaidAsync(Partition.Conversation(session.Workspace, place.Key), pair.Third!, place.ToDictionary(message => message.Id), cancellationToken);
            // Nobody kept what was made of them: they are read anew.
            if (found.Count == 0)
                await rebuilds.StartAsync(new RebuildRequest(session.Workspace, [RebuildPart.Conclusions], place.Key), cancellationToken);
            said.AddRange(found);
        }

        return said;
    }

    private async Task<IReadOnlyList<Said>> SaidAsync(Partition session, string observed, Dictionary<string, Message> left, CancellationToken cancellationToken)
    {
        var said = new List<Said>();
        var made = new Query("derivation") { Where = new Condition.Compare(Field.Text("observed"), Comparison.Equal, observed) };
        await foreach (var document in store.AllAsync(session, made, cancellationToken))
        {
            said.AddRange(document.As(DocumentJson.Default.Derivation).Statements
                .Where(statement => statement.MessageIds.Count > 0 && statement.MessageIds.All(left.ContainsKey))
                .Select(statement => new Said(session, statement, statement.MessageIds.Max(id => left[id].CreatedAt))));
        }

        return said;
    }

    /// <summary>The same words, from the sources that are left.</summary>
    private async Task TrimAsync(Partition pair, string id, HashSet<string> erased, Said said, CancellationToken cancellationToken)
    {
        var trimmed = await store.ChangeAsync(pair, id, DocumentJson.Default.Conclusion, Trim, cancellationToken);
        if (trimmed is not null)
            await index.AddAsync([trimmed], cancellationToken);

        Conclusion? Trim(Conclusion? current)
        {
            if (current?.MessageIds.Any(erased.Contains) != true)
                return current;
            string[] left = [.. current.MessageIds.Where(message => !erased.Contains(message))];
            return current with
            {
                MessageIds = left,
                TimesDerived = Math.Max(1, current.TimesDerived - (current.MessageIds.Count - left.Length)),
                SessionId = said.Session.Second,
                SaidAt = said.SaidAt,
                ValidFrom = said.Statement.ValidFrom,
                Language = said.Statement.Language,
            };
        }
    }

    private sealed record Said(Partition Session, Statement Statement, DateTimeOffset SaidAt)
    {
        public bool Says(string content) => string.Equals(Statement.Content.Trim(), content, StringComparison.OrdinalIgnoreCase);
    }
}
