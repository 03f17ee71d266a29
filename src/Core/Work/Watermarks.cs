using System.Text.Json.Serialization;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>How far each projection of a session is. Moved by compare-and-swap after the result is saved.</summary>
internal sealed record Watermarks
{
    public const string Id = "$watermarks";

    public string Type { get; } = "watermarks";

    /// <summary>Messages up to here are in the recall index.</summary>
    public long Indexed { get; init; }

    /// <summary>When <see cref="Indexed"/> last moved; null where searches see at once what is written.</summary>
    public DateTimeOffset? IndexedAt { get; init; }

    /// <summary>Messages up to here were found by searches when <see cref="SettlingAt"/> was set.</summary>
    public long Settled { get; init; }

    /// <summary>Messages up to here were in the index at <see cref="SettlingAt"/>.</summary>
    public long Settling { get; init; }

    public DateTimeOffset? SettlingAt { get; init; }

    /// <summary>Messages up to here have been derived, or needed no derivation.</summary>
    public long Derived { get; init; }

    /// <summary>End of the window that is being derived: written before the work, so that a repeat after a crash finds the same window and the answers saved for it.</summary>
    public long Planned { get; init; }

    /// <summary>What the window that is being derived was planned with; null while none is.</summary>
    public DerivePlan? Plan { get; init; }

    /// <summary>
    /// Of this document alone, and another with each erasure in the session: it is given after messages are gone and before what rests on them is looked for.
    /// A step that has read messages ends under the one that it began with, or takes back what it made of them: of the two, one sees the other.
    /// </summary>
    public string? Fence { get; init; }

    /// <summary>Since when messages wait for more before they are derived; null while none do.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Messages up to here came with a copy of another session, which knows what they say: no rebuild derives them here.</summary>
    public long Copied { get; init; }

    /// <summary>Messages that were derived, failed ones included.</summary>
    public long DerivedUnits { get; init; }

    public long FailedUnits { get; init; }

    /// <summary>The failed step whose repetition was taken off <see cref="FailedUnits"/> last.</summary>
    public string? Cleared { get; init; }

    /// <summary>Why work on the session waits to be tried again; null while it does not.</summary>
    public Stall? Stall { get; init; }

    /// <summary>What <see cref="DerivedUnits"/> was when webhooks were last told that nothing is left to derive.</summary>
    public long ToldUnits { get; init; }

    /// <summary>Up to where summaries were made when webhooks were last told that none is due.</summary>
    public long ToldSummaries { get; init; }

    public long ShortSummarised { get; init; }

    public long LongSummarised { get; init; }

    /// <summary>Up to where summaries are made, both kinds together: grows with each.</summary>
    [JsonIgnore]
    public long Summarised => ShortSummarised + LongSummarised;

    /// <summary>The step that was waited for was done.</summary>
    public Watermarks Resumed(string kind) => Stall?.Kind == kind ? this with { Stall = null } : this;

    /// <param name="lag">See <see cref="Recall.IRecallIndex.Lag"/>.</param>
    public Watermarks WithIndexed(long through, DateTimeOffset now, TimeSpan lag)
    {
        if (Indexed >= through)
            return this;
        if (lag == TimeSpan.Zero)
            return this with { Indexed = through };
        var moved = this with { Indexed = through, IndexedAt = now };
        // A mark a lag, not a mark a write: a busy session stays one document of one size, and what has to be looked at stays short.
        return now - SettlingAt < lag ? moved : moved with { Settled = Searchable(now, lag), Settling = through, SettlingAt = now };
    }

    /// <summary>Messages up to here are found by a search.</summary>
    public long Searchable(DateTimeOffset now, TimeSpan lag) =>
        IndexedAt is null || now - IndexedAt >= lag ? Indexed : Math.Min(Indexed, now - SettlingAt >= lag ? Settling : Settled);

    /// <summary>See <see cref="Fence"/>.</summary>
    public static Task FenceAsync(IDocumentStore store, Partition session, CancellationToken cancellationToken) =>
        store.ChangeAsync(session, Id, DocumentJson.Default.Watermarks, current => current is null ? null : current with { Fence = Ids.New(), Plan = null }, cancellationToken);

    /// <summary>Of a session that had none.</summary>
    public static Watermarks New() => new() { Fence = Ids.New() };

    public static async Task<Watermarks> OfAsync(IDocumentStore store, Partition session, CancellationToken cancellationToken) =>
        await store.FindAsync(session, Id, DocumentJson.Default.Watermarks, cancellationToken) ?? new Watermarks();

    public static Task ChangeAsync(IDocumentStore store, Partition session, Known known, Func<Watermarks, Watermarks> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(session, Id, known, DocumentJson.Default.Watermarks, current => change(current ?? New()), cancellationToken);

    public static Task ChangeAsync(IDocumentStore store, Partition session, Func<Watermarks, Watermarks> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(session, Id, DocumentJson.Default.Watermarks, current => change(current ?? New()), cancellationToken);
}
