namespace Kith.Core.Memory;

/// <summary>The line of conclusions that took each other's place.</summary>
internal static class Succession
{
    /// <summary>When both say since when they hold, that decides, else which was said later.</summary>
    public static bool IsLater(Conclusion one, Conclusion other) => one.ValidFrom is { } since && other.ValidFrom is { } otherSince && since != otherSince
        ? since > otherSince
        : one.SaidAt > other.SaidAt;

    /// <summary>
    /// When the older one ended. "I moved last month", said days after "I live in Berlin": dates in words are rough, so the change is dated by when
    /// it was told.
    /// </summary>
    public static DateTimeOffset EndOf(Conclusion older, Conclusion newer) =>
        newer.Since > older.Since ? newer.Since : newer.SaidAt > older.Since ? newer.SaidAt : older.Since;

    /// <summary>The older one ended by the newer, whatever ended it before. It was known to have ended when both were known.</summary>
    public static Conclusion Ended(Conclusion older, Conclusion newer) => older with
    {
        ValidTo = EndOf(older, newer),
        ClosedAt = older.CreatedAt > newer.CreatedAt ? older.CreatedAt : newer.CreatedAt,
        SupersededBy = newer.Id,
    };

    /// <summary>As if nothing had ended it.</summary>
    public static Conclusion Reopened(Conclusion older) => older with { ValidTo = null, ClosedAt = null, SupersededBy = null };

    /// <summary>
    /// What holds again, for as long as the retracted one was thought to, because only that one had ended it. It begins a time of its own beside the older
    /// conclusion, which stays as it was: asking what was known before the retraction must not find it.
    /// </summary>
    public static Conclusion Again(Conclusion older, Conclusion retracted, DateTimeOffset now) => older with
    {
        Id = Ids.Of(older.Id, retracted.Id),
        CreatedAt = now,
        ValidFrom = older.ValidTo,
        ValidTo = retracted.ValidTo,
        ClosedAt = retracted.ValidTo is null ? null : now,
        SupersededBy = retracted.SupersededBy,
        Supersedes = [retracted.Id],
        Contradicts = [],
        SourceIds = [older.Id],
    };
}
