using System.Text.Json;
using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Porting;

/// <summary>Puts exported documents into the store as they were. What is there already stays as it is; what Kith works out from them is made here anew.</summary>
internal sealed class PortableWriter(IDocumentStore store, ConclusionIndex index, DreamNotes notes, Workspaces workspaces, IEmbedder embedder, IWorkQueue queue, TimeProvider time)
{
    public async Task WriteAsync(string workspace, IReadOnlyList<ImportLine> lines, ImportReport report, CancellationToken cancellationToken)
    {
        var documents = lines.Index().Where(line => line.Item.Document is not null).Select(line => (line.Index, Document: line.Item.Document!)).ToArray();
        foreach (var place in documents.GroupBy(line => Partition.Of(line.Document.Container, workspace, line.Document.Second, line.Document.Third ?? "")))
        {
            // A session that exists keeps its order: what would have a place in it is not put between.
            var isThere = place.Key.Container == Container.Conversations && await store.ReadAsync(place.Key, Head.Id, cancellationToken) is not null;
            foreach (var batch in Batches(place))
                await WriteAsync(place.Key, batch, isThere, report, cancellationToken);
        }

        // Also of what was there: a death may have come between a conclusion and its entry.
        foreach (var pair in documents.Where(line => line.Document.Kind == "conclusion").GroupBy(line => Partition.Memory(workspace, line.Document.Second, line.Document.Third!)))
        {
            foreach (var ids in pair.Select(line => line.Document.Id).Distinct().Chunk(StoreLimits.BatchOperations))
            {
                var stored = await store.QueryAsync(pair.Key, new Query("conclusion") { Ids = ids }, cancellationToken);
                await index.AddAsync([.. stored.Items.Select(document => document.As(DocumentJson.Default.Conclusion))], cancellationToken);
            }
        }
    }

    /// <summary>Sessions that came with one peer's messages only: they have the places that these had.</summary>
    public async Task MakeHeadsAsync(string workspace, CancellationToken cancellationToken)
    {
        await workspaces.GetOrCreateAsync(workspace, null, null, cancellationToken);
        await foreach (var document in store.AllAsync(Partition.WholeWorkspace(Container.Conversations, workspace), new Query("session"), cancellationToken))
        {
            if (await store.ReadAsync(document.Partition, Head.Id, cancellationToken) is null)
                await MakeHeadAsync(document.Partition, cancellationToken);
        }
    }

    private async Task MakeHeadAsync(Partition session, CancellationToken cancellationToken)
    {
        var (last, tokens, messages) = (0L, 0L, 0L);
        await foreach (var document in store.AllAsync(session, new Query("message") { Order = QueryOrder.Sequence }, cancellationToken))
        {
            var message = document.As(DocumentJson.Default.Message);
            (last, tokens, messages) = (message.Sequence, message.TokensBefore + message.TokenCount, messages + 1);
        }

        var now = time.GetUtcNow();
        var head = new Head { Visible = last, Tombstones = last - messages, Tokens = tokens, DueAt = now, Unprojected = true };
        // What they say came with them.
        var marks = new Watermarks { Derived = last, Planned = last };
        await store.ExecuteAsync(
            session,
            [
                new Operation.Create(Head.Id, Stored.Body(head, DocumentJson.Default.Head)),
                new Operation.Upsert(Watermarks.Id, Stored.Body(marks, DocumentJson.Default.Watermarks)),
            ],
            cancellationToken);
        await queue.EnqueueAsync(new WorkHint(session), TimeSpan.Zero, cancellationToken);
    }

    private async Task WriteAsync(Partition place, IReadOnlyList<Line> batch, bool isThere, ImportReport report, CancellationToken cancellationToken)
    {
        if (!isThere && batch.All(line => line.Operation is not null) && (await store.ExecuteAsync(place, [.. batch.Select(line => line.Operation!)], cancellationToken)).Applied)
        {
            report.Imported += batch.Count;
            return;
        }

        foreach (var line in batch)
            await WriteAsync(place, line, isThere, report, cancellationToken);
    }

    private async Task WriteAsync(Partition place, Line line, bool isThere, ImportReport report, CancellationToken cancellationToken)
    {
        var (document, isNew, isRefused) = (line.Document, false, false);
        if (document.Kind == "dream")
            isNew = await WriteDreamAsync(place, document, cancellationToken);
        else if (!isThere)
            isNew = line.Operation is not null && (await store.ExecuteAsync(place, [line.Operation], cancellationToken)).Applied;
        else
            isRefused = document.Kind == "message" && !await IsKnownAsync(place, document, cancellationToken);
        if (isRefused)
            report.Refuse(line.Index, $"Session {place.Second} exists already, with other messages");
        report.Imported += isNew ? 1 : 0;
        report.Skipped += isNew || isRefused ? 0 : 1;
        if (isNew && document.Kind == "head")
            await queue.EnqueueAsync(new WorkHint(place), TimeSpan.Zero, cancellationToken);
    }

    /// <summary>Whether the message is there, or was erased here.</summary>
    private async Task<bool> IsKnownAsync(Partition session, ImportLine.PortableDocument document, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(session, document.Id, cancellationToken) is not null)
            return true;
        var sequence = document.Body.Deserialize(DocumentJson.Default.Message)!.Sequence;
        return await store.FindAsync(session, Tombstone.IdOf(sequence), DocumentJson.Default.Tombstone, cancellationToken) is { } erased && erased.MessageId == document.Id;
    }

    private async Task<bool> WriteDreamAsync(Partition pair, ImportLine.PortableDocument document, CancellationToken cancellationToken)
    {
        var isNew = false;
        var dream = document.Body.Deserialize(DocumentJson.Default.Dream);
        await notes.ChangeAsync(pair, Write, cancellationToken);
        return isNew;

        Dream? Write(Dream? current)
        {
            isNew = current is null;
            return current ?? dream;
        }
    }

    private IEnumerable<IReadOnlyList<Line>> Batches(IEnumerable<(int Index, ImportLine.PortableDocument Document)> documents)
    {
        var (batch, bytes, ids) = (new List<Line>(), 0L, new HashSet<string>(StringComparer.Ordinal));
        foreach (var (number, document) in documents)
        {
            var size = 0;
            var operation = document.Kind == "dream" ? null : Create(document, out size);
            if (batch.Count > 0 && (batch.Count == StoreLimits.BatchOperations || bytes + size > StoreLimits.Bytes - (64 * 1024) || ids.Contains(document.Id)))
            {
                yield return batch;
                (batch, bytes) = ([], 0);
                ids.Clear();
            }

            batch.Add(new Line(number, document, operation));
            bytes += size;
            ids.Add(document.Id);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    /// <summary>Null for what would have expired by now.</summary>
    private Operation.Create? Create(ImportLine.PortableDocument document, out int size)
    {
        var now = time.GetUtcNow();
        TimeSpan? life = null;
        byte[] body;
        switch (document.Kind)
        {
            case "head":
                body = Stored.Body(document.Body.Deserialize(DocumentJson.Default.Head)! with { DueAt = now, Unprojected = true }, DocumentJson.Default.Head);
                break;
            case "workspace":
                body = Stored.Body(document.Body.Deserialize(DocumentJson.Default.Workspace)! with { DueAt = now, EmbeddingModel = embedder.Model }, DocumentJson.Default.Workspace);
                break;
            case "agentSession":
                life = AgentSessions.LifeOf(document.Body.Deserialize(DocumentJson.Default.AgentSession)!, now);
                goto default;
            default:
                body = JsonSerializer.SerializeToUtf8Bytes(document.Body, DocumentJson.Default.JsonElement);
                break;
        }

        size = body.Length;
        return life <= TimeSpan.Zero ? null : new Operation.Create(document.Id, body, life);
    }

    private sealed record Line(int Index, ImportLine.PortableDocument Document, Operation? Operation);
}
