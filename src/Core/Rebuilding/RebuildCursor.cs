namespace Kith.Core.Rebuilding;

/// <summary>Where a rebuild is: written after each piece of work, so that a repeat after a crash repeats one piece.</summary>
internal sealed record RebuildCursor
{
    public RebuildStage Stage { get; init; }

    /// <summary>Of the list that the stage goes through: sessions, conclusions or index entries. Null at its beginning.</summary>
    public string? Continuation { get; init; }

    /// <summary>No session comes after this one.</summary>
    public bool IsLast { get; init; }

    public string? Session { get; init; }

    /// <summary>Messages of the session up to here are done.</summary>
    public long Through { get; init; }

    /// <summary>The session's last message when it was opened: later ones are ordinary work.</summary>
    public long Last { get; init; }

    /// <summary>Messages after <see cref="Copied"/> and up to here had been derived when the session was opened.</summary>
    public long Derived { get; init; }

    /// <summary>Messages up to here came with a copy of a session, whose original knows what they say.</summary>
    public long Copied { get; init; }
}
