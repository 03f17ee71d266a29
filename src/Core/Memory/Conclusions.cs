using Kith.Core.Filters;

namespace Kith.Core.Memory;

/// <summary>What observers concluded about observed peers.</summary>
public sealed class Conclusions
{
    /// <summary>Not found when a peer or session is missing; invalid when the observed is a scope or the text is too long.</summary>
    public Task<IReadOnlyList<Conclusion>> CreateAsync(string workspace, IReadOnlyList<NewConclusion> conclusions, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Newest first; oldest first when reversed.</summary>
    public Task<Page<Conclusion>> ListAsync(string workspace, Paging paging, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Closest first. Distance is cosine, 0 to 1.</summary>
    public Task<IReadOnlyList<Conclusion>> QueryAsync(string workspace, string observer, string observed, string query, int topK, double? maxDistance, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Null when it does not exist.</summary>
    public Task<Conclusion?> FindAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Not found when missing, also on repeat.</summary>
    public Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}
