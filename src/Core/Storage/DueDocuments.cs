using System.Runtime.CompilerServices;

namespace Kith.Core.Storage;

/// <summary>What is due, page by page.</summary>
public static class DueDocuments
{
    /// <summary>The earliest of a workspace, or of all when it is null.</summary>
    public static Task<IReadOnlyList<DueDocument>> DueAsync(this IDocumentStore store, string? workspace, DateTimeOffset before, int limit, CancellationToken cancellationToken) =>
        store.DueAsync(new DueQuery(before) { Workspace = workspace, Limit = limit }, cancellationToken);

    /// <summary>All that is due, however much it is. Of more at one microsecond than a page holds, what is left comes when the first are done.</summary>
    public static async IAsyncEnumerable<DueDocument> AllDueAsync(this IDocumentStore store, DueQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<DueDocument>();
        for (var from = query.From; ;)
        {
            var page = await store.DueAsync(query with { From = from }, cancellationToken);
            foreach (var due in page.Where(due => !seen.Contains(due)))
                yield return due;
            if (page.Count < query.Limit)
                yield break;

            from = page[^1].DueAt;
            seen = [.. page.Where(due => due.DueAt == from)];
            if (seen.Count == page.Count)
                from += TimeSpan.FromMicroseconds(1);
        }
    }
}
