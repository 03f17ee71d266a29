namespace Kith.Core.Recall.Ranking;

/// <summary>What a shelf keeps of an entry besides its postings and its vector; its text is not kept.</summary>
internal sealed class RecallRow
{
    public required string Id { get; init; }

    public string? Session { get; init; }

    public long Sequence { get; init; }

    public string? Peer { get; init; }

    public string? Observer { get; init; }

    public string? Observed { get; init; }

    public string? Level { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public bool IsWithin(RecallScope scope) =>
        (scope.Peer is null || Peer == scope.Peer)
        && (scope.Observer is null || Observer == scope.Observer)
        && (scope.Observed is null || Observed == scope.Observed)
        && (scope.Sessions is null || (Session is not null && scope.Sessions.Contains(Session)))
        && (scope.Levels is null || (Level is not null && scope.Levels.Contains(Level)))
        && (scope.From is null || CreatedAt >= scope.From)
        && (scope.To is null || CreatedAt < scope.To);
}
