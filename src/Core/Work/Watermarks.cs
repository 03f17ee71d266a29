using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>How far each projection of a session is. Moved by compare-and-swap after the result is saved.</summary>
internal sealed record Watermarks
{
    public const string Id = "$watermarks";

    public string Type { get; } = "watermarks";

    /// <summary>Messages up to here are in the recall index.</summary>
    public long Indexed { get; init; }

    /// <summary>Messages up to here have been derived, or needed no derivation.</summary>
    public long Derived { get; init; }

    /// <summary>End of the window that is being derived: written before the work, so that a repeat after a crash finds the same window and the answers saved for it.</summary>
    public long Planned { get; init; }

    /// <summary>Since when messages wait for more before they are derived; null while none do.</summary>
    public DateTimeOffset? WaitingSince { get; init; }

    /// <summary>Messages up to here came with a copy of another session, which knows what they say: no rebuild derives them here.</summary>
    public long Copied { get; init; }

    /// <summary>Messages that were derived, failed ones included.</summary>
    public long DerivedUnits { get; init; }

    public long FailedUnits { get; init; }

    public long ShortSummarised { get; init; }

    public long LongSummarised { get; init; }

    public static async Task<Watermarks> OfAsync(IDocumentStore store, Partition session, CancellationToken cancellationToken) =>
        await store.FindAsync(session, Id, DocumentJson.Default.Watermarks, cancellationToken) ?? new Watermarks();

    public static Task ChangeAsync(IDocumentStore store, Partition session, Func<Watermarks, Watermarks> change, CancellationToken cancellationToken) =>
        store.ChangeAsync(session, Id, DocumentJson.Default.Watermarks, current => change(current ?? new Watermarks()), cancellationToken);
}
