namespace Kith.Core.Memory;

/// <summary>The stored card of one pair.</summary>
internal sealed record PeerCard
{
    public const string Id = "$card";

    /// <summary>Of generated entries; what people write is not capped (spec honcho-engine §3.3).</summary>
    public const int MaxEntries = 40;

    public const int MaxEntryCharacters = 200;

    public string Type { get; } = "card";

    /// <summary>What a person wrote; it outranks everything generated. Null while nobody wrote one.</summary>
    public IReadOnlyList<string>? Human { get; init; }

    public IReadOnlyList<PeerCardEntry> Generated { get; init; } = [];

    public IReadOnlyList<string> Lines => Human ?? [.. Generated.Select(entry => entry.Line)];

    /// <summary>With these conclusions worked in: a newer one of the same slot takes the older one's place, repeated lines stay once.</summary>
    public PeerCard With(IEnumerable<Conclusion> conclusions)
    {
        var entries = Generated.ToList();
        foreach (var entry in conclusions.Where(conclusion => conclusion.Card is not null).Select(PeerCardEntry.Of))
        {
            var same = entries.FindIndex(other => other.Replaces(entry));
            if (same < 0)
                entries.Add(entry);
            else if (entry.SaidAt > entries[same].SaidAt)
                entries[same] = entry;
        }

        return Cap(entries);
    }

    public PeerCard Without(IReadOnlySet<string> conclusionIds) =>
        this with { Generated = [.. Generated.Where(entry => !conclusionIds.Contains(entry.ConclusionId))] };

    /// <summary>Beyond the cap the newest of the least lasting kinds stay.</summary>
    private PeerCard Cap(List<PeerCardEntry> entries)
    {
        if (entries.SequenceEqual(Generated))
            return this;

        return this with
        {
            Generated = [.. entries
                .OrderBy(entry => entry.Category)
                .ThenByDescending(entry => entry.SaidAt)
                .Take(MaxEntries)],
        };
    }
}
