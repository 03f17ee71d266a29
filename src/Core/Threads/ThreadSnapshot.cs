using Kith.Core.Conversations;

namespace Kith.Core.Threads;

/// <summary>A thread as it is now.</summary>
/// <param name="UpdatedAt">The last message, through whatever door, or the last change of the thread or its state.</param>
/// <param name="Stored">Messages stored, hidden and erased ones included; also the sequence of the last one.</param>
/// <param name="Erased">Of the stored ones.</param>
public sealed record ThreadSnapshot(string Id, ConversationThread Thread, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, long Stored, long Erased, ThreadSettings Settings)
{
    public int MaxMessages => Thread.MaxMessages ?? Settings.MaxMessages;

    public double TtlHours => Thread.TtlHours ?? Settings.TtlHours;

    /// <summary>Messages that are shown: the newest ones.</summary>
    public int MessageCount => (int)Math.Min(Stored - Erased, MaxMessages);

    /// <summary>Messages that are stored, but not shown.</summary>
    public long TruncatedCount => Stored - Math.Min(Stored, MaxMessages);

    public DateTimeOffset ExpiresAt
    {
        get
        {
            var counted = Settings.TtlFromCreation ? CreatedAt : UpdatedAt;
            var from = Thread.KeptFrom > counted ? Thread.KeptFrom.Value : counted;
            var life = TimeSpan.FromHours(TtlHours);
            return from < DateTimeOffset.MaxValue - life ? from + life : DateTimeOffset.MaxValue;
        }
    }

    public string ETag => Erased == 0 ? $"{Thread.Tag}.{Stored}" : $"{Thread.Tag}.{Stored}.{Erased}";

    /// <summary>Null when the session is none of a thread, or goes away.</summary>
    internal static ThreadSnapshot? Of(SessionState state, ThreadSettings settings) =>
        state is { Session: { IsActive: true, Thread: { } thread } session, Head.Deleting: false }
            ? new ThreadSnapshot(state.Name, thread, session.CreatedAt, state.Head.ActiveAt ?? session.CreatedAt, state.Head.Visible, state.Head.Tombstones, settings)
            : null;

    /// <summary>Strictly later than the time to live allows (spec modelchorus §4.2).</summary>
    public bool IsExpired(DateTimeOffset now) => now > ExpiresAt;
}
