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
        var messages = new List<Message>();
        await foreach (var message in log.RangeAsync(step.Partition, step.After, step.Through, cancellationToken))
        {
            if (!string.IsNullOrWhiteSpace(message.Content))
                messages.Add(message);
        }

        if (messages.Count > 0)
        {
            var vectors = await embedder.EmbedAsync(step.Partition.Workspace, [.. messages.Select(message => Tokenizer.Truncate(message.Content, Limits.EmbeddingTokens))], cancellationToken);
            await index.UpsertAsync([.. messages.Select((message, i) => MessageEntry.Of(message, vectors[i]))], cancellationToken);
        }

        await Watermarks.ChangeAsync(store, step.Partition, marks => marks.WithIndexed(step.Through, time.GetUtcNow(), index.Lag), cancellationToken);
    }
}
