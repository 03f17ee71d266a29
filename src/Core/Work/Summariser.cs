using System.Collections.Concurrent;
using Kith.Core.Conversations;
using Kith.Core.Events;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Storage;
using Kith.Core.Tokens;

namespace Kith.Core.Work;

/// <summary>Brings a session's summary up to date, from the last message it covers.</summary>
internal sealed class Summariser(IDocumentStore store, MessageLog messages, IReasoner reasoner, Announcer announcer, TimeProvider time)
{
    private const int ShortTokens = 1_000;
    private const int LongTokens = 4_000;

    /// <summary>Room for one sentence or two, however little was said.</summary>
    private const int FewestTokens = 60;

    private const int Attempts = 16;

    /// <summary>Tokens given to the reasoner at once; longer stretches are cut, summarised piece by piece and the pieces' summaries put together.</summary>
    private const int ChunkTokens = 16_384;

    /// <summary>Pieces under way at once.</summary>
    private const int Concurrency = 4;

    /// <summary>Works in a window that failed once: where later ones have been summarised since, from the first message on.</summary>
    public async Task RepeatAsync(Partition session, SummaryKind kind, long after, long through, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(session, Summaries.IdOf(kind), DocumentJson.Default.Summary, cancellationToken);
        var step = known is null || known.Through <= after
            ? new WorkStep.Summarise(session, kind, after, through)
            : new WorkStep.Summarise(session, kind, 0, Math.Max(known.Through, through));
        await RunAsync(step, cancellationToken);
    }

    public async Task RunAsync(WorkStep.Summarise step, CancellationToken cancellationToken)
    {
        var id = Summaries.IdOf(step.Kind);
        var read = await store.GatherAsync(step.Partition, [Watermarks.Id, id], [], cancellationToken);
        var known = read.FirstOrDefault(document => document.Id == Watermarks.Id);
        var before = read.FirstOrDefault(document => document.Id == id);
        // One that covers the session from its first message takes the place of what there was.
        var (content, last) = await SummariseAsync(step, step.After == 0 ? null : before?.As(DocumentJson.Default.Summary).Content, cancellationToken);
        var summary = last is null || string.IsNullOrEmpty(content) ? null : new Summary
        {
            Kind = step.Kind,
            Content = content,
            MessageId = last.Id,
            Through = last.Sequence,
            CreatedAt = time.GetUtcNow(),
            TokenCount = Tokenizer.Count(content),
        };
        var fence = known?.As(DocumentJson.Default.Watermarks).Fence;
        if (summary is not null)
        {
            if (before?.As(DocumentJson.Default.Summary).Through > step.Through)
                throw Later();
            var write = Operation.Write(id, Stored.Body(summary, DocumentJson.Default.Summary), before?.ETag);
            known = await WriteAsync(step.Partition, fence, known, marks => marks, write, cancellationToken);
            fence = known.As(DocumentJson.Default.Watermarks).Fence;
            await announcer.RecordAsync(step.Partition.Workspace, Tell(step, summary), cancellationToken);
        }

        await WriteAsync(step.Partition, fence, known, Advance, beside: null, cancellationToken);

        Watermarks Advance(Watermarks marks) => step.Kind == SummaryKind.Short
            ? marks.Resumed(StepKinds.ShortSummary) with { ShortSummarised = Math.Max(marks.ShortSummarised, step.Through) }
            : marks.Resumed(StepKinds.LongSummary) with { LongSummarised = Math.Max(marks.LongSummarised, step.Through) };
    }

    /// <summary>Writes the watermarks, and a summary in the same batch, under the fence that they were read under: of messages that were erased meanwhile nothing is stored.</summary>
    /// <param name="known">The watermarks as they were read last; null where there were none.</param>
    private async Task<Document> WriteAsync(Partition session, string? fence, Document? known, Func<Watermarks, Watermarks> change, Operation? beside, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var body = Stored.Body(change(known?.As(DocumentJson.Default.Watermarks) ?? Watermarks.New()), DocumentJson.Default.Watermarks);
            Operation[] operations = [Operation.Write(Watermarks.Id, body, known?.ETag), .. new[] { beside }.OfType<Operation>()];
            var result = await store.ExecuteAsync(session, operations, cancellationToken);
            if (result.Applied)
                return new Document(session, Watermarks.Id, result.ETags[0], body);
            if (result.FailedOperation > 0)
                throw Later();

            // Other steps move other marks.
            var current = await store.ReadAsync(session, Watermarks.Id, cancellationToken);
            if (current?.As(DocumentJson.Default.Watermarks).Fence != fence || (current is null && known is not null))
                throw new KithException(ErrorCode.Unavailable, "Messages were erased while they were summarised");
            known = current;
        }

        throw new KithException(ErrorCode.Unavailable, "Too many writers change this session at once; try again.");
    }

    private static KithException Later() => new(ErrorCode.Unavailable, "Another summary was made meanwhile");

    private static Announcement Tell(WorkStep.Summarise step, Summary summary)
    {
        var session = step.Partition.Second!;
        return new(EventTypes.SummaryCreated, Ids.Of(EventTypes.SummaryCreated, step.Partition.Workspace, session, $"{step.Kind}", $"{step.After}", $"{summary.Through}"), summary.CreatedAt)
        {
            Session = session,
            Subjects = [session, summary.MessageId],
            Data = Announcement.Members(
                ("workspace_id", step.Partition.Workspace),
                ("session_id", session),
                ("summary_type", step.Kind == SummaryKind.Short ? "short" : "long"),
                ("message_id", summary.MessageId),
                ("token_count", summary.TokenCount)),
        };
    }

    /// <summary>What there is now, and the last message that it covers.</summary>
    private async Task<(string? Content, Message? Last)> SummariseAsync(WorkStep.Summarise step, string? previous, CancellationToken cancellationToken)
    {
        await using var chunks = ChunksAsync(step, cancellationToken).GetAsyncEnumerator(cancellationToken);
        if (!await chunks.MoveNextAsync())
            return (previous, null);
        var first = chunks.Current;
        if (!await chunks.MoveNextAsync())
            return (await AskAsync(step, previous, first, [], first.Sum(message => message.TokenCount), cancellationToken) ?? previous, first[^1]);

        var parts = new ConcurrentDictionary<int, string?>();
        var (last, tokens) = (first[^1], 0);
        await Parallel.ForEachAsync(All(), new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (chunk, ct) =>
            parts[chunk.Index] = await AskAsync(step, null, chunk.Messages, [], chunk.Messages.Sum(message => message.TokenCount), ct));
        string[] told = [.. parts.OrderBy(part => part.Key).Select(part => part.Value).OfType<string>()];
        return (await JoinAsync(step, previous, told, tokens, cancellationToken) ?? previous, last);

        async IAsyncEnumerable<(int Index, List<Message> Messages)> All()
        {
            yield return Counted(0, first);
            var index = 1;
            do
                yield return Counted(index++, chunks.Current);
            while (await chunks.MoveNextAsync());
        }

        (int Index, List<Message> Messages) Counted(int index, List<Message> chunk)
        {
            (last, tokens) = (chunk[^1], tokens + chunk.Sum(message => message.TokenCount));
            return (index, chunk);
        }
    }

    /// <summary>One summary of several, in as many rounds as it takes.</summary>
    private async Task<string?> JoinAsync(WorkStep.Summarise step, string? previous, string[] parts, int tokens, CancellationToken cancellationToken)
    {
        while (parts.Length > 2 && parts.Sum(part => Tokenizer.Count(part)) > ChunkTokens)
        {
            var joined = parts.Chunk(Math.Max(2, ChunkTokens / LongTokens)).Select(async some => some.Length == 1 ? some[0] : await AskAsync(step, null, [], some, tokens, cancellationToken));
            parts = [.. (await Task.WhenAll(joined)).OfType<string>()];
        }

        return parts.Length == 0 ? null : await AskAsync(step, previous, [], parts, tokens, cancellationToken);
    }

    private async Task<string?> AskAsync(WorkStep.Summarise step, string? previous, List<Message> messages, string[] parts, int tokens, CancellationToken cancellationToken)
    {
        Turn[] turns = [.. messages.Where(message => !string.IsNullOrWhiteSpace(message.Content)).Select(message => new Turn(message.Id, message.PeerId, message.Content, message.CreatedAt))];
        if (turns.Length + parts.Length == 0)
            return null;
        return await reasoner.SummariseAsync(new SummaryRequest(step.Partition.Workspace, step.Partition.Second!, previous, turns, MaxTokens(step.Kind, previous, tokens)) { Parts = parts }, cancellationToken);
    }

    /// <summary>The kind's limit, or half of what is summarised: a summary that is hardly shorter helps nobody.</summary>
    private static int MaxTokens(SummaryKind kind, string? previous, int tokens)
    {
        var covered = (previous is null ? 0 : Tokenizer.Count(previous)) + tokens;
        return Math.Min(kind == SummaryKind.Short ? ShortTokens : LongTokens, Math.Max(FewestTokens, covered / 2));
    }

    private async IAsyncEnumerable<List<Message>> ChunksAsync(
        WorkStep.Summarise step,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var chunk = new List<Message>();
        var tokens = 0;
        await foreach (var message in messages.RangeAsync(step.Partition, step.After, step.Through, cancellationToken))
        {
            if (chunk.Count > 0 && tokens + message.TokenCount > ChunkTokens)
            {
                yield return chunk;
                chunk = [];
                tokens = 0;
            }

            chunk.Add(message);
            tokens += message.TokenCount;
        }

        if (chunk.Count > 0)
            yield return chunk;
    }
}
