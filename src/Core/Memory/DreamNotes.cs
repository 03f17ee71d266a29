using Kith.Core.Events;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>Changes of a pair's dream state, alone or in one batch with what they tell of.</summary>
internal sealed class DreamNotes(IDocumentStore store, Outbox outbox, DreamOptions options, TimeProvider time)
{
    private readonly Turns _turns = new();

    /// <summary>Writes with a note of how many explicit conclusions are new. False, with nothing written, when one of the operations could not be applied.</summary>
    /// <param name="known">The state as it was read before; null when it was not.</param>
    public Task<bool> WriteAsync(Partition pair, IReadOnlyList<Operation> operations, int fresh, Known? known, CancellationToken cancellationToken) =>
        fresh == 0 || !IsDreamt(pair)
            ? TellAsync(pair, operations, async all => (await store.ExecuteAsync(pair, all, cancellationToken)).Applied, cancellationToken)
            : WriteAsync(pair, operations, dream => Count(pair, dream ?? new Dream(), fresh), known, cancellationToken);

    /// <summary>Writes with a change of the state. False, with nothing written, when one of the operations could not be applied.</summary>
    public Task<bool> WriteAsync(Partition pair, IReadOnlyList<Operation> operations, Func<Dream, Dream> change, CancellationToken cancellationToken) =>
        WriteAsync(pair, operations, dream => change(dream ?? new Dream()), known: null, cancellationToken);

    /// <summary>Writes while the state holds the run, with a change of it. False, with nothing written, when it does not, or one of the operations could not be applied.</summary>
    public Task<bool> WriteAsync(Partition pair, string run, IReadOnlyList<Operation> operations, Func<Dream, Dream> change, CancellationToken cancellationToken) =>
        WriteAsync(pair, operations, dream => dream?.Run?.Id == run ? change(dream) : null, known: null, cancellationToken);

    /// <param name="change">Null writes nothing.</param>
    private Task<bool> WriteAsync(Partition pair, IReadOnlyList<Operation> operations, Func<Dream?, Dream?> change, Known? known, CancellationToken cancellationToken)
    {
        return TellAsync(pair, operations, all => _turns.RepeatAsync(pair, Dream.Id, () => TryAsync(all), cancellationToken), cancellationToken);

        async Task<(bool IsDone, bool Result)> TryAsync(IReadOnlyList<Operation> all)
        {
            var document = known is { } before ? before.Document : await store.ReadAsync(pair, Dream.Id, cancellationToken);
            known = null;
            if (change(document?.As(DocumentJson.Default.Dream)) is not { } next)
                return (true, false);
            var body = Stored.Body(next.Scheduled(options), DocumentJson.Default.Dream);
            var note = Operation.Write(Dream.Id, body, document?.ETag);
            var result = await store.ExecuteAsync(pair, [.. all, note], cancellationToken);
            // Other writers of the pair touch the note, and nothing else of this.
            return (result.Applied || result.FailedOperation < all.Count, result.Applied);
        }
    }

    /// <summary>The state after the change, which may return what it got to leave things as they are. Null where there is none and none is made.</summary>
    public Task<Dream?> ChangeAsync(Partition pair, Func<Dream?, Dream?> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(
            pair,
            Dream.Id,
            DocumentJson.Default.Dream,
            current => change(current) is { } next && !ReferenceEquals(next, current) ? next.Scheduled(options) : current,
            cancellationToken);

    public Dream Count(Partition pair, Dream dream, int fresh) => IsDreamt(pair) ? dream.WithFresh(fresh, time.GetUtcNow(), options) : dream;

    /// <summary>Whoever wants to hear of the conclusions is told in the same batch.</summary>
    private async Task<bool> TellAsync(Partition pair, IReadOnlyList<Operation> operations, Func<IReadOnlyList<Operation>, Task<bool>> write, CancellationToken cancellationToken)
    {
        var told = await outbox.OfAsync(pair, operations, cancellationToken);
        if (!await write(told.Count == 0 ? operations : [.. operations, .. told]))
            return false;
        await outbox.WakeAsync(pair, told, cancellationToken);
        return true;
    }

    /// <summary>A scope is a view of sessions and has nothing to consolidate.</summary>
    private static bool IsDreamt(Partition pair) => !pair.Second!.StartsWith(Names.ScopePrefix, StringComparison.Ordinal);
}
