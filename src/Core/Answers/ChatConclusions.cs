using Kith.Core.Filters;
using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;

namespace Kith.Core.Answers;

/// <summary>The conclusions that one question may see.</summary>
internal sealed class ChatConclusions(IDocumentStore store, ConclusionRecall recall, ChatScope scope)
{
    /// <summary>Of each kind of link.</summary>
    private const int MostLinked = 20;

    public async Task<Found> SearchAsync(string query, int limit, CancellationToken cancellationToken)
    {
        var found = scope.Pairs is { } pairs
            ? await recall.FindAsync(scope.Conclusions, pairs, query, limit, null, scope.Clocks, cancellationToken)
            : await recall.FindAsync(scope.Conclusions, query, limit, null, null, scope.Clocks, cancellationToken);
        return new Found([.. found.Items.DistinctBy(match => match.Conclusion.Content).Select(match => Recalled(match.Conclusion, match.Hit))], []) { IsTextOnly = found.IsTextOnly };
    }

    /// <summary>Null when there is none of that id, or none that may be seen.</summary>
    public async Task<Conclusion?> FindAsync(string id, CancellationToken cancellationToken) =>
        Names.IsValid(id) && await ReadAsync([id], cancellationToken) is [var found, ..] ? found : null;

    /// <summary>The conclusions whose messages it rests on: itself, or those that it was worked out from.</summary>
    public async Task<IReadOnlyList<Conclusion>> SourcesAsync(Conclusion conclusion, CancellationToken cancellationToken) =>
        conclusion.MessageIds.Count > 0 ? [conclusion] : await ReadAsync(conclusion.SourceIds, cancellationToken);

    /// <summary>All that a conclusion is linked to, by kind of link.</summary>
    public async Task<IReadOnlyList<RecalledConclusion>> LinkedAsync(Conclusion conclusion, CancellationToken cancellationToken)
    {
        var derived = new Query("conclusion")
        {
            Where = Stored.And(new Condition.Includes(Field.TextList("sourceIds"), conclusion.Id), scope.Known),
            Descending = true,
            Limit = MostLinked,
        };
        (ConclusionLink Link, Task<IReadOnlyList<Conclusion>> Found)[] links =
        [
            (ConclusionLink.Source, ReadAsync(conclusion.SourceIds, cancellationToken)),
            (ConclusionLink.Derived, QueryAsync(derived, cancellationToken)),
            (ConclusionLink.Superseded, ReadAsync(conclusion.Supersedes, cancellationToken)),
            (ConclusionLink.Superseding, ReadAsync(conclusion.SupersededBy is { } newer ? [newer] : [], cancellationToken)),
            (ConclusionLink.Contradicting, ReadAsync(conclusion.Contradicts, cancellationToken)),
        ];
        await Task.WhenAll(links.Select(link => link.Found));
        return [.. links.SelectMany(link => link.Found.Result.Select(found => Recalled(found, null) with { Link = link.Link }))];
    }

    private async Task<IReadOnlyList<Conclusion>> ReadAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : await QueryAsync(new Query("conclusion") { Ids = [.. ids.Take(MostLinked)], Where = scope.Known }, cancellationToken);

    private async Task<IReadOnlyList<Conclusion>> QueryAsync(Query query, CancellationToken cancellationToken)
    {
        var found = new List<Conclusion>();
        foreach (var memory in scope.Memories)
            found.AddRange((await store.QueryAsync(memory, query, cancellationToken)).Items.Select(document => document.As(DocumentJson.Default.Conclusion)));
        return found;
    }

    private static RecalledConclusion Recalled(Conclusion conclusion, RecallHit? hit) => new(
        conclusion.Id,
        conclusion.Content,
        conclusion.Level,
        conclusion.SaidAt,
        conclusion.SessionId,
        conclusion.MessageIds,
        hit?.Score ?? 0,
        hit?.Distance)
    {
        CreatedAt = conclusion.CreatedAt,
        SourceIds = conclusion.SourceIds,
        Slot = conclusion.Slot,
    };
}
