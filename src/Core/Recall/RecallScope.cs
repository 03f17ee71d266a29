namespace Kith.Core.Recall;

/// <summary>Which entries a search may see. Absent members do not restrict.</summary>
public sealed record RecallScope
{
    public required string Workspace { get; init; }

    public required RecallKind Kind { get; init; }

    /// <summary>Messages by this author.</summary>
    public string? Peer { get; init; }

    public string? Observer { get; init; }

    public string? Observed { get; init; }

    /// <summary>Allowlist of sessions; an empty one sees nothing.</summary>
    public IReadOnlySet<string>? Sessions { get; init; }

    public IReadOnlySet<string>? Levels { get; init; }

    public DateTimeOffset? From { get; init; }

    /// <summary>Exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    public bool Admits(RecallEntry entry) =>
        entry.Workspace == Workspace
        && entry.Kind == Kind
        && (Peer is null || entry.Peer == Peer)
        && (Observer is null || entry.Observer == Observer)
        && (Observed is null || entry.Observed == Observed)
        && (Sessions is null || (entry.Session is not null && Sessions.Contains(entry.Session)))
        && (Levels is null || (entry.Level is not null && Levels.Contains(entry.Level)))
        && (From is null || entry.CreatedAt >= From)
        && (To is null || entry.CreatedAt < To);
}
