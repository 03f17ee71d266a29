using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Rebuilding;

/// <summary>
/// Derives a session's conclusions anew in place: its messages are read again, what they still say is confirmed where it stands or added, and what they
/// do not say any more is taken out at the end. So memory is never empty meanwhile, unchanged facts keep their ids and both clocks, and what people
/// wrote, pinned or rejected is not touched. Neither is what rests on messages that are gone.
/// </summary>
internal sealed class Rereader(IDocumentStore store, MessageLog log, Deriver deriver, Removals removals, PeerCards cards, Dreams dreams)
{
    private static readonly Condition OnCard = new Condition.Not(new Condition.IsNull(Field.Text("card")));

    /// <summary>Reads one window again and saves what it confirms.</summary>
    public async Task ReadAsync(Partition job, Rebuild rebuild, long through, CancellationToken cancellationToken)
    {
        var (session, cursor) = (Partition.Conversation(rebuild.WorkspaceId, rebuild.Cursor.Session!), rebuild.Cursor);
        var after = Math.Max(cursor.Through, cursor.Copied);
        var last = Math.Min(through, cursor.Derived);
        if (after >= last)
            return;

        foreach (var (pair, placements) in await deriver.RereadAsync(new Deriver.Window(session, after, last, rebuild.Peer, rebuild.Run), cancellationToken))
        {
            var confirmation = new Confirmation { Run = rebuild.Run, Session = cursor.Session!, Observer = pair.Second!, Observed = pair.Third!, Placements = placements };
            var id = Ids.Of(rebuild.Run, cursor.Session!, $"{after}", pair.Second!, pair.Third!);
            await store.PutAsync(job, id, confirmation, DocumentJson.Default.Confirmation, cancellationToken);
        }
    }

    /// <summary>Takes out what was not confirmed, and forgets the answers that the new ones replace.</summary>
    public async Task CloseAsync(Partition job, Rebuild rebuild, CancellationToken cancellationToken)
    {
        var (session, cursor) = (Partition.Conversation(rebuild.WorkspaceId, rebuild.Cursor.Session!), rebuild.Cursor);
        if (cursor.Derived > cursor.Copied)
        {
            var reread = new HashSet<string>();
            await foreach (var message in log.RangeAsync(session, cursor.Copied, cursor.Derived, cancellationToken))
                reread.Add(message.Id);

            var confirmed = await ConfirmedAsync(job, rebuild, cancellationToken);
            // Confirmations are forgotten once the cursor is past this piece: without them everything would look as if nothing said it any more.
            var current = await store.FindAsync(job, Rebuild.DocumentId, DocumentJson.Default.Rebuild, cancellationToken);
            if (current?.Run != rebuild.Run || current.Cursor != cursor)
                return;

            var stored = await StoredAsync(rebuild, cancellationToken);
            var createsCards = await CreatesCardsAsync(session, cancellationToken);
            foreach (var pair in confirmed.Keys.Union(stored.Keys))
                await SettleAsync(pair, reread, confirmed.GetValueOrDefault(pair, []), stored.GetValueOrDefault(pair, []), createsCards, cancellationToken);
        }

        await store.DeleteAllAsync(OutdatedAsync(session, rebuild, cancellationToken), cancellationToken);
    }

    /// <summary>Drops the confirmations of sessions that are closed.</summary>
    public Task ForgetAsync(Partition job, CancellationToken cancellationToken) =>
        store.DeleteAllAsync(store.AllAsync(job, new Query("confirmation"), cancellationToken), cancellationToken);

    private async Task<Dictionary<Partition, List<Placement>>> ConfirmedAsync(Partition job, Rebuild rebuild, CancellationToken cancellationToken)
    {
        var confirmed = new Dictionary<Partition, List<Placement>>();
        var ofSession = new Query("confirmation")
        {
            Where = new Condition.All(
                new Condition.Compare(Field.Text("run"), Comparison.Equal, rebuild.Run),
                new Condition.Compare(Field.Text("session"), Comparison.Equal, rebuild.Cursor.Session!)),
        };
        await foreach (var document in store.AllAsync(job, ofSession, cancellationToken))
        {
            var confirmation = document.As(DocumentJson.Default.Confirmation);
            var pair = Partition.Memory(rebuild.WorkspaceId, confirmation.Observer, confirmation.Observed);
            if (!confirmed.TryGetValue(pair, out var placements))
                confirmed[pair] = placements = [];
            placements.AddRange(confirmation.Placements);
        }

        return confirmed;
    }

    /// <summary>What may rest on the session's messages, by pair: what is stamped with it, and what was merged from several sessions.</summary>
    private async Task<Dictionary<Partition, List<Conclusion>>> StoredAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var stamped = new Condition.Compare(Field.Text("sessionId"), Comparison.Equal, rebuild.Cursor.Session!);
        var merged = new Condition.Compare(Field.Number("timesDerived"), Comparison.Greater, 1d);
        var observed = rebuild.Peer is null ? null : new Condition.Compare(Field.Text("observed"), Comparison.Equal, rebuild.Peer);
        var query = new Query("conclusion") { Where = Stored.And(new Condition.Any(stamped, merged), observed) };
        var stored = new Dictionary<Partition, List<Conclusion>>();
        await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Memory, rebuild.WorkspaceId), query, cancellationToken))
        {
            if (!stored.TryGetValue(document.Partition, out var conclusions))
                stored[document.Partition] = conclusions = [];
            conclusions.Add(document.As(DocumentJson.Default.Conclusion));
        }

        return stored;
    }

    private async Task SettleAsync(Partition pair, HashSet<string> reread, List<Placement> confirmed, List<Conclusion> stored, bool createsCards, CancellationToken cancellationToken)
    {
        var messages = confirmed.ToLookup(placement => placement.ConclusionId, placement => placement.MessageIds);
        // Confirmed at first, and then merged into another by a later message.
        var elsewhere = confirmed.ExceptBy(stored.Select(conclusion => conclusion.Id), placement => placement.ConclusionId).SelectMany(placement => placement.MessageIds).ToHashSet();
        var gone = new List<string>();
        foreach (var conclusion in stored.Where(conclusion => conclusion is { Origin: Origins.Stated, Pinned: false, RetractedAt: null, SourceIds.Count: 0 }))
        {
            string[] left = [.. conclusion.MessageIds.Where(id => !reread.Contains(id) || elsewhere.Contains(id) || messages[conclusion.Id].Any(said => said.Contains(id)))];
            if (left.Length == 0 && conclusion.MessageIds.Count > 0)
                gone.Add(conclusion.Id);
            else if (left.Length < conclusion.MessageIds.Count)
                await TrimAsync(pair, conclusion.Id, conclusion.MessageIds.Except(left).ToHashSet(), cancellationToken);
        }

        var brokePattern = await removals.RemoveAsync(pair, gone, erases: false, cancellationToken);
        if (createsCards)
            await cards.RebuildAsync(pair, await OnCardAsync(pair, cancellationToken), cancellationToken);
        if (brokePattern)
            await dreams.AskAsync(pair, cancellationToken);
    }

    /// <summary>Only its sources: the recall index does not know them.</summary>
    private Task TrimAsync(Partition pair, string id, HashSet<string> lost, CancellationToken cancellationToken) => store.ChangeAsync(
        pair,
        id,
        DocumentJson.Default.Conclusion,
        current => current is null ? null : current with
        {
            MessageIds = [.. current.MessageIds.Where(message => !lost.Contains(message))],
            TimesDerived = Math.Max(1, current.TimesDerived - lost.Count),
        },
        cancellationToken);

    private async Task<IReadOnlyList<Conclusion>> OnCardAsync(Partition pair, CancellationToken cancellationToken)
    {
        var conclusions = new List<Conclusion>();
        await foreach (var document in store.AllAsync(pair, new Query("conclusion") { Where = Stored.And(Clocks.Now.Holding, OnCard) }, cancellationToken))
            conclusions.Add(document.As(DocumentJson.Default.Conclusion));
        return [.. conclusions.OrderBy(conclusion => conclusion.SaidAt)];
    }

    private async Task<bool> CreatesCardsAsync(Partition session, CancellationToken cancellationToken)
    {
        var settings = await store.FindAsync(session, SessionDocument.Id, DocumentJson.Default.Session, cancellationToken);
        var workspace = await store.FindAsync(Owners.Workspace(session.Workspace), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        return ProcessingOptions.Resolve(settings?.Configuration ?? FreeJson.Empty, workspace?.Configuration ?? FreeJson.Empty).CreateCard;
    }

    private async IAsyncEnumerable<Document> OutdatedAsync(
        Partition session,
        Rebuild rebuild,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var covered = new Condition.Compare(Field.Number("through"), Comparison.LessOrEqual, (double)rebuild.Cursor.Derived);
        var sender = rebuild.Peer is null ? null : new Condition.Compare(Field.Text("observed"), Comparison.Equal, rebuild.Peer);
        await foreach (var document in store.AllAsync(session, new Query("derivation") { Where = Stored.And(covered, sender) }, cancellationToken))
        {
            if (document.As(DocumentJson.Default.Derivation).Run != rebuild.Run)
                yield return document;
        }
    }
}
