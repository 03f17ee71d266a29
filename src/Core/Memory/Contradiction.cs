using System.Globalization;

namespace Kith.Core.Memory;

/// <summary>The conclusion that reports two others of which both cannot be true.</summary>
internal static class Contradiction
{
    /// <summary>The same for the same two, in whatever order.</summary>
    public static string IdOf(string one, string other) =>
        string.CompareOrdinal(one, other) < 0 ? Ids.Of(Levels.Contradiction, one, other) : Ids.Of(Levels.Contradiction, other, one);

    public static IEnumerable<string> IdsOf(Conclusion conclusion) => conclusion.Contradicts.Select(other => IdOf(conclusion.Id, other));

    /// <param name="reason">Why they exclude each other, where their words do not say it.</param>
    public static Conclusion Between(Conclusion older, Conclusion newer, DateTimeOffset now, string? reason = null) => new()
    {
        Id = IdOf(older.Id, newer.Id),
        WorkspaceId = newer.WorkspaceId,
        Observer = newer.Observer,
        Observed = newer.Observed,
        Content = $"{Quote(older)}, {Quote(newer)}{(reason is null ? "" : $": {reason}")}",
        Level = Levels.Contradiction,
        Origin = Origins.Inferred,
        CreatedAt = now,
        SaidAt = newer.SaidAt,
        MessageIds = [.. older.MessageIds.Union(newer.MessageIds)],
        SourceIds = [older.Id, newer.Id],
        Language = older.Language == newer.Language ? newer.Language : null,
    };

    private static string Quote(Conclusion conclusion) =>
        $"\"{conclusion.Content}\" ({conclusion.SaidAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)})";
}
