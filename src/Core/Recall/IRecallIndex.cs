namespace Kith.Core.Recall;

/// <summary>Finds messages and conclusions by text and by meaning, always within one workspace. A projection: it can be rebuilt at any time.</summary>
public interface IRecallIndex
{
    /// <summary>For how long after a write a search may not know of it. Recall looks at what was written since by itself (design: Recall).</summary>
    TimeSpan Lag => TimeSpan.Zero;

    /// <summary>Adds or replaces entries by (workspace, kind, id), their vectors included. Durable when it returns.</summary>
    Task UpsertAsync(IReadOnlyList<RecallEntry> entries, CancellationToken cancellationToken);

    /// <summary>Removes entries by id, those that a search does not know of yet as well; unknown ids are ignored.</summary>
    Task DeleteAsync(string workspace, RecallKind kind, IReadOnlyCollection<string> ids, CancellationToken cancellationToken);

    /// <summary>Removes all entries of a session that a search knows of: its messages and the conclusions stamped with it.</summary>
    Task DeleteSessionAsync(string workspace, string session, CancellationToken cancellationToken);

    Task DeleteWorkspaceAsync(string workspace, CancellationToken cancellationToken);

    /// <summary>
    /// What the index holds of a kind, of one session or of all, in the ordinal order of ids: at most <paramref name="limit"/> (1 to 1,000) after
    /// <paramref name="after"/>, from the first where that is null. Entries written meanwhile may be missing.
    /// </summary>
    Task<IReadOnlyList<RecallKey>> ListAsync(string workspace, RecallKind kind, string? session, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>The best entries within the scope. Never throws for lack of vectors.</summary>
    Task<IReadOnlyList<RecallHit>> SearchAsync(RecallQuery query, CancellationToken cancellationToken);

    /// <summary>The same for several questions to one scope, in their order.</summary>
    async Task<IReadOnlyList<IReadOnlyList<RecallHit>>> SearchAsync(IReadOnlyList<RecallQuery> queries, CancellationToken cancellationToken)
    {
        var hits = new List<IReadOnlyList<RecallHit>>(queries.Count);
        foreach (var query in queries)
            hits.Add(await SearchAsync(query, cancellationToken));
        return hits;
    }
}
