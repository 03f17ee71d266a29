using Kith.Core.Reasoning.Extractive;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>A pair's memory while statements are worked in, and the batch that makes it so.</summary>
internal sealed class MemoryDraft
{
    private readonly Dictionary<string, Conclusion> _conclusions = [];
    private readonly Dictionary<string, string> _etags = [];
    private readonly HashSet<string> _changed = [];
    private readonly HashSet<string> _touched = [];
    private readonly HashSet<string> _stale = [];
    private readonly HashSet<string> _removed = [];
    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _near;
    private readonly IReadOnlyList<ConclusionWriter.Candidate> _candidates;
    private readonly double _sameDistance;
    private int _reworded;

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

    /// <summary>Without statements: for what is known of those that are stored.</summary>
    public MemoryDraft(IEnumerable<Document> stored)
        : this(stored, new Dictionary<string, IReadOnlyList<string>>(), [], 0)
    {
    }

    /// <summary>How many of the changes are explicit conclusions that were not there before, in whatever words.</summary>
    public int Fresh => Math.Max(0, _changed.Count(id => !_etags.ContainsKey(id) && _conclusions.GetValueOrDefault(id)?.Level == Levels.Explicit) - _reworded);

    public IReadOnlyList<Operation> Operations => [.. _changed.Select(Write).OfType<Operation>()];

    /// <summary>What the statements became and what they changed. Includes what did not change, since a death may have left it out of the index.</summary>
    public IReadOnlyList<Conclusion> Touched => [.. _touched.Select(id => _conclusions.GetValueOrDefault(id)).OfType<Conclusion>()];

    public IReadOnlyCollection<string> Removed => [.. _removed.Union(_changed).Where(id => !_conclusions.ContainsKey(id))];

    /// <summary>Documents to write.</summary>
    public int Changes => _changed.Count;

    /// <summary>Whether something is changed that has been written from here: its etag is the store's secret.</summary>
    public bool IsStale => _changed.Overlaps(_stale);

    /// <summary>The changes so far are stored.</summary>
    public void Wrote()
    {
        _stale.UnionWith(_changed);
        _removed.UnionWith(_changed);
        foreach (var id in _changed)
            _etags.TryAdd(id, "");
        _changed.Clear();
        _reworded = 0;
    }

    /// <summary>Of a statement that is made again by other messages after it had ended.</summary>
    public static string AgainId(Conclusion fresh) => Ids.Of([fresh.Id, .. fresh.MessageIds]);

    /// <summary>Ids that the report of a contradiction between them may have.</summary>
    public static IEnumerable<string> ReportIds(Conclusion fresh, Conclusion rival) => [Contradiction.IdOf(fresh.Id, rival.Id), Contradiction.IdOf(AgainId(fresh), rival.Id)];

    /// <summary>Works a statement in. Returns the id of the conclusion that it became or is a part of.</summary>
    public string Add(ConclusionWriter.Candidate candidate)
    {
        var fresh = candidate.Fresh;
        var same = Same(candidate);
        if (same is null)
        {
            var placed = _conclusions.ContainsKey(fresh.Id) ? fresh with { Id = AgainId(fresh) } : fresh;
            Put(Settle(placed, fresh.CreatedAt));
            return placed.Id;
        }

        _touched.Add(same.Id);
        if (Knows(same, fresh))
            return same.Id;

        var merged = same.Absorb(fresh);
        // Where the new words stand already, ended, they keep their time.
        if (_conclusions.ContainsKey(fresh.Id) || same.IsProtected || Information(fresh.Content, same.Content) < Information(same.Content, fresh.Content))
        {
            Put(merged);
            return merged.Id;
        }

        // The new words say more: they take the place of the old ones with all that is known of them.
        _conclusions.Remove(same.Id);
        _changed.Add(same.Id);
        _reworded += _etags.ContainsKey(same.Id) ? 1 : 0;
        Relink(same.Id, fresh.Id);
        var replacement = merged with { Id = fresh.Id, Content = fresh.Content, Language = fresh.Language, Card = fresh.Card, Claim = fresh.Claim };
        Put(Settle(replacement, fresh.CreatedAt));
        return replacement.Id;
    }

    /// <summary>The newer takes the older's place, as it would have when it was written. False where a person or the dates of both speak against it.</summary>
    public bool Supersede(string olderId, string newerId, DateTimeOffset now)
    {
        if (Held(olderId) is not { } older || Held(newerId) is not { } newer || older.IsProtected || (!newer.IsProtected && Succession.IsLater(older, newer)))
            return false;

        Put(Succeed(newer, older, now));
        return true;
    }

    /// <summary>Reports two that cannot both be true, once.</summary>
    public bool Contradict(string oneId, string otherId, string? reason, DateTimeOffset now)
    {
        if (Held(oneId) is not { } one || Held(otherId) is not { } other || _conclusions.ContainsKey(Contradiction.IdOf(oneId, otherId)))
            return false;

        Put(Contradict(one, other, now, reason));
        return true;
    }

    /// <summary>Null for what does not hold now, and for reports: those are of two others.</summary>
    private Conclusion? Held(string id) =>
        _conclusions.GetValueOrDefault(id) is { IsCurrent: true } held && held.Level != Levels.Contradiction ? held : null;

    /// <summary>Distinct words, plus ten for each that the other text lacks: which of two texts that say the same says more.</summary>
    private static int Information(string text, string other)
    {
        var words = Words(text);
        return words.Count + (10 * words.Except(Words(other)).Count());

        static HashSet<string> Words(string value) =>
            [.. value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.Trim('.', ',', '!', '?', ';', ':', '"').ToLowerInvariant())];
    }

    /// <summary>One word makes a small distance and the opposite sense.</summary>
    private static bool Denies(Conclusion one, Conclusion other) =>
        one.Claim is { } claim && claim == other.Claim && Claim.Of(one.Content) is { } told && Claim.Of(other.Content) is { } denied && told.Denies(denied);

    private static bool Knows(Conclusion known, Conclusion fresh) => fresh.MessageIds.All(known.MessageIds.Contains);

    /// <summary>
    /// What says the same in the same session: word for word, or so close that it makes no difference. What people wrote is left alone, and what
    /// has ended is found by its own messages only.
    /// </summary>
    private Conclusion? Same(ConclusionWriter.Candidate candidate)
    {
        var fresh = candidate.Fresh;
        var exact = new[] { fresh.Id, AgainId(fresh) }.Select(id => _conclusions.GetValueOrDefault(id)).OfType<Conclusion>();
        if (exact.FirstOrDefault(known => Knows(known, fresh) || Covers(known, fresh)) is { } repeated)
            return repeated;
        if (_conclusions.Values.FirstOrDefault(known => IsRejected(known, fresh)) is { } rejected)
            return rejected;

        var inThisBatch = _candidates.Where(other => other.Fresh.Id != fresh.Id && candidate.SaysTheSameAs(other, _sameDistance)).Select(other => other.Fresh.Id);
        return _near[fresh.Id]
            .Concat(inThisBatch)
            .Select(id => _conclusions.GetValueOrDefault(id))
            .OfType<Conclusion>()
            .FirstOrDefault(near => near.Slot == fresh.Slot && near.SessionId == fresh.SessionId && near.Origin == Origins.Stated && (near.IsCurrent || Knows(near, fresh)) && !Denies(near, fresh));
    }

    /// <summary>Whether a statement falls into the time in which the same words held, or was never let hold by a person.</summary>
    private bool Covers(Conclusion known, Conclusion fresh) => known.RetractedAt is null
        && (known.ValidTo is null
            || fresh.Since < known.ValidTo
            || (known.SupersededBy is { } newer && _conclusions.GetValueOrDefault(newer) is { IsCurrent: true, IsProtected: true }));

    /// <summary>Whether a person rejected what the same messages said of the same matter, in whatever words.</summary>
    private static bool IsRejected(Conclusion known, Conclusion fresh) => known.RetractedAt is not null
        && Knows(known, fresh)
        && ((fresh.Slot is not null && known.Slot == fresh.Slot) || (fresh.Claim is not null && known.Claim == fresh.Claim && !Denies(known, fresh)));

    /// <summary>Gives the conclusion its place among those that it, or that, put an end to, and reports the first that it contradicts.</summary>
    private Conclusion Settle(Conclusion fresh, DateTimeOffset now)
    {
        var claim = fresh.Claim is null ? null : Claim.Of(fresh.Content);
        var denied = new List<Conclusion>();
        foreach (var other in _conclusions.Values.Where(other => other.IsCurrent && other.Id != fresh.Id).ToArray())
        {
            var opposite = claim is not null && other.Claim == fresh.Claim && Claim.Of(other.Content) is { } told && told.Denies(claim) ? told : null;
            var isUpdate = opposite is not null && (opposite.Ends || claim!.Ends);
            if (fresh.Slot is not null && other.Slot == fresh.Slot && other.Content != fresh.Content || (isUpdate && !other.IsProtected))
                fresh = Succeed(fresh, other, now);
            else if (opposite is not null)
                denied.Add(other);
        }

        return fresh.IsCurrent && denied.MaxBy(other => other.SaidAt) is { } rival ? Contradict(fresh, rival, now) : fresh;
    }

    /// <summary>The later one closes the earlier; what a person holds on to closes everything.</summary>
    private Conclusion Succeed(Conclusion fresh, Conclusion other, DateTimeOffset now)
    {
        var isFreshNewer = !other.IsProtected && (fresh.IsProtected || !Succession.IsLater(other, fresh));
        if (!isFreshNewer)
            return Precede(fresh, other, now);

        var end = Succession.EndOf(other, fresh);
        if (end != fresh.Since)
            fresh = fresh with { ValidFrom = end };
        var older = other.Close(end, now, fresh.Id);
        Put(older);
        foreach (var id in Contradiction.IdsOf(older))
        {
            if (_conclusions.GetValueOrDefault(id) is { IsCurrent: true } resolved)
                Put(resolved.Close(end, now, null));
        }

        return fresh with { Supersedes = [.. fresh.Supersedes.Union([older.Id])] };
    }

    /// <summary>What arrives late takes its place in the line: closed by the next after it, closing the one before it.</summary>
    private Conclusion Precede(Conclusion fresh, Conclusion newer, DateTimeOffset now)
    {
        Conclusion[] before = fresh.Slot is null ? [] :
        [
            .. newer.Supersedes
                .Select(id => _conclusions.GetValueOrDefault(id))
                .OfType<Conclusion>()
                .Where(one => one is { RetractedAt: null, IsProtected: false } && one.SupersededBy == newer.Id && one.Slot == fresh.Slot && one.Content != fresh.Content),
        ];
        if (before.Where(one => Succession.IsLater(one, fresh)).MinBy(one => one.Since) is { } next)
            return Precede(fresh, next, now);

        // Of what ended later than this began: what ended before was not ended by this.
        before = [.. before.Where(one => one.ValidTo > Succession.EndOf(one, fresh))];
        foreach (var one in before)
            Put(one with { ValidTo = Succession.EndOf(one, fresh), ClosedAt = now, SupersededBy = fresh.Id });
        Put(newer with { Supersedes = [.. newer.Supersedes.Except(before.Select(one => one.Id)).Union([fresh.Id])] });
        return fresh.Close(Succession.EndOf(fresh, newer), now, newer.Id) with { Supersedes = [.. fresh.Supersedes.Union(before.Select(one => one.Id))] };
    }

    private Conclusion Contradict(Conclusion fresh, Conclusion rival, DateTimeOffset now, string? reason = null)
    {
        var (older, newer) = Succession.IsLater(rival, fresh) ? (fresh, rival) : (rival, fresh);
        Put(Contradiction.Between(older, newer, now, reason));
        Put(rival with { Contradicts = [.. rival.Contradicts.Union([fresh.Id])] });
        return fresh with { Contradicts = [.. fresh.Contradicts.Union([rival.Id])] };
    }

    /// <summary>What pointed to a conclusion points to the one that has its place.</summary>
    private void Relink(string from, string to)
    {
        foreach (var linked in _conclusions.Values.Where(linked => linked.SupersededBy == from).ToArray())
            Put(linked with { SupersededBy = to });
        foreach (var report in _conclusions.Values.Where(report => report.Level == Levels.Contradiction && report.SourceIds.Contains(from)).ToArray())
        {
            var rival = report.SourceIds.First(id => id != from);
            _conclusions.Remove(report.Id);
            _changed.Add(report.Id);
            Put(report with { Id = Contradiction.IdOf(to, rival), SourceIds = [.. report.SourceIds.Select(id => id == from ? to : id)] });
            if (_conclusions.GetValueOrDefault(rival) is { } other)
                Put(other with { Contradicts = [.. other.Contradicts.Select(id => id == from ? to : id)] });
        }
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
