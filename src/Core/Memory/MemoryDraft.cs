using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>A pair's memory while statements are worked in, and the batch that makes it so.</summary>
internal sealed class MemoryDraft
{
    private readonly Dictionary<string, Conclusion> _conclusions = [];
    private readonly Dictionary<string, string> _etags = [];
    private readonly HashSet<string> _changed = [];
    private readonly HashSet<string> _touched = [];
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _near;
    private readonly IReadOnlyList<ConclusionWriter.Candidate> _candidates;
    private readonly double _sameDistance;

    /// <param name="stored">Everything stored that the candidates may touch.</param>
    /// <param name="near">By candidate id: stored conclusions within the distance at which texts say the same, closest first.</param>
    public MemoryDraft(
        IEnumerable<Document> stored,
        IReadOnlyDictionary<string, IReadOnlyList<string>> near,
        IReadOnlyList<ConclusionWriter.Candidate> candidates,
        double sameDistance)
    {
        foreach (var document in stored)
        {
            _conclusions[document.Id] = document.As(DocumentJson.Default.Conclusion);
            _etags[document.Id] = document.ETag;
        }

        _near = near;
        _candidates = candidates;
        _sameDistance = sameDistance;
    }

    public IReadOnlyList<Operation> Operations => [.. _changed.Select(Write).OfType<Operation>()];

    /// <summary>What the statements became, as far as it is true now. Includes what did not change, since a death may have left it out of the index.</summary>
    public IReadOnlyList<Conclusion> Findable => [.. _touched.Select(id => _conclusions.GetValueOrDefault(id)).OfType<Conclusion>().Where(conclusion => conclusion.ValidTo is null)];

    /// <summary>What plain recall must not find any more.</summary>
    public IReadOnlyCollection<string> Unfindable => [.. _changed.Where(id => _conclusions.GetValueOrDefault(id) is not { ValidTo: null })];

    public void Add(ConclusionWriter.Candidate candidate)
    {
        var fresh = candidate.Fresh;
        var same = Same(candidate);
        if (same is null)
        {
            Put(Settle(fresh));
            return;
        }

        _touched.Add(same.Id);
        if (fresh.MessageIds.All(same.MessageIds.Contains))
            return;

        var merged = same with
        {
            MessageIds = [.. same.MessageIds.Union(fresh.MessageIds)],
            TimesDerived = same.TimesDerived + 1,
            SaidAt = same.SaidAt > fresh.SaidAt ? same.SaidAt : fresh.SaidAt,
        };
        if (same.Id == fresh.Id || Information(fresh.Content, same.Content) < Information(same.Content, fresh.Content))
        {
            Put(merged);
            return;
        }

        // The new words say more: they take the place of the old ones with all that is known of them.
        _conclusions.Remove(same.Id);
        _changed.Add(same.Id);
        Put(Settle(fresh with { MessageIds = merged.MessageIds, TimesDerived = merged.TimesDerived, SaidAt = merged.SaidAt, CreatedAt = same.CreatedAt }));
    }

    /// <summary>Distinct words, plus ten for each that the other text lacks: which of two texts that say the same says more.</summary>
    private static int Information(string text, string other)
    {
        var words = Words(text);
        return words.Count + (10 * words.Except(Words(other)).Count());

        static HashSet<string> Words(string value) =>
            [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', '!', '?', ';', ':', '"').ToLowerInvariant())];
    }

    private static DateTimeOffset Since(Conclusion conclusion) => conclusion.ValidFrom ?? conclusion.SaidAt;

    /// <summary>What says the same in the same session: word for word, or so close that it makes no difference. What people wrote is left alone.</summary>
    private Conclusion? Same(ConclusionWriter.Candidate candidate)
    {
        var fresh = candidate.Fresh;
        if (_conclusions.TryGetValue(fresh.Id, out var exact))
            return exact;

        var inThisBatch = _candidates.Where(other => other.Fresh.Id != fresh.Id && candidate.SaysTheSameAs(other, _sameDistance)).Select(other => other.Fresh.Id);
        return _near[fresh.Id]
            .Concat(inThisBatch)
            .Select(id => _conclusions.GetValueOrDefault(id))
            .OfType<Conclusion>()
            .FirstOrDefault(near => near is { Origin: Origins.Stated, ValidTo: null } && near.Slot == fresh.Slot && near.SessionId == fresh.SessionId);
    }

    /// <summary>Gives the conclusion its place among the values of its slot: it closes older ones, and is closed by later ones and by what people wrote.</summary>
    private Conclusion Settle(Conclusion conclusion)
    {
        if (conclusion.Slot is null)
            return conclusion;

        var holders = _conclusions.Values.Where(other => other.Slot == conclusion.Slot && other.ValidTo is null && other.Content != conclusion.Content && other.Id != conclusion.Id).ToArray();
        foreach (var holder in holders)
        {
            if (holder.Origin == Origins.Human || Since(holder) > Since(conclusion))
                conclusion = conclusion with { ValidTo = conclusion.ValidTo < Since(holder) ? conclusion.ValidTo : Since(holder) };
            else
                Put(holder with { ValidTo = Since(conclusion) });
        }

        return conclusion;
    }

    private void Put(Conclusion conclusion)
    {
        _conclusions[conclusion.Id] = conclusion;
        _changed.Add(conclusion.Id);
        _touched.Add(conclusion.Id);
    }

    /// <summary>Null for what came and went within the batch.</summary>
    private Operation? Write(string id)
    {
        var etag = _etags.GetValueOrDefault(id);
        if (!_conclusions.TryGetValue(id, out var conclusion))
            return etag is null ? null : new Operation.Delete(id, etag);

        var body = Stored.Body(conclusion, DocumentJson.Default.Conclusion);
        return etag is null ? new Operation.Create(id, body) : new Operation.Replace(id, body, etag);
    }
}
