using Kith.Core.Conversations;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;

namespace Kith.Core.Work;

/// <summary>Embeds and indexes a window of messages.</summary>
internal sealed class Indexer(IDocumentStore store, MessageLog log, IRecallIndex index, IEmbedder embedder, TimeProvider time)
{
    public async Task RunAsync(WorkStep.Index step, CancellationToken cancellationToken)
    {
        await WriteAsync(step.Partition, step.After, step.Through, sender: null, cancellationToken);
        await Watermarks.ChangeAsync(store, step.Partition, marks => marks.WithIndexed(step.Through, time.GetUtcNow(), index.Lag).Resumed(StepKinds.Index), cancellationToken);
    }

    /// <param name="sender">Only this one's messages.</param>
    public async Task WriteAsync(Partition session, long after, long through, string? sender, CancellationToken cancellationToken)
    {
        var before = await log.HeadAsync(session, cancellationToken);
        var messages = new List<Message>();
        await foreach (var message in log.RangeAsync(session, after, through, cancellationToken))
        {
            if (!string.IsNullOrWhiteSpace(message.Content) && (sender is null || message.PeerId == sender))
                messages.Add(message);
        }

        if (messages.Count == 0)
            return;

        var model = embedder.Model;
        var vectors = await embedder.EmbedAsync(session.Workspace, [.. messages.Select(message => Tokenizer.Truncate(message.Content, Limits.EmbeddingTokens))], cancellationToken);
        await index.UpsertAsync([.. messages.Select((message, i) => MessageEntry.Of(message) with { Model = model, Vector = vectors[i] })], cancellationToken);
        var now = await log.HeadAsync(session, cancellationToken);
        if (now.Tombstones == before.Tombstones && !now.Deleting && now.Visible >= before.Visible)
            return;

        // Some were erased meanwhile, or the session, and their entries may have come after that.
        var written = messages.Select(message => message.Id).ToArray();
        var left = now.Deleting ? [] : (await store.QueryAsync(session, new Query("message") { Ids = written, Order = QueryOrder.Sequence }, cancellationToken)).Items;
        await index.DeleteAsync(session.Workspace, RecallKind.Message, [.. written.Except(left.Select(document => document.Id))], cancellationToken);
    }
}
