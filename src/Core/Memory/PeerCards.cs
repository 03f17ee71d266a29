using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Memory;

/// <summary>The short list of what matters most, per observer and observed.</summary>
public sealed class PeerCards
{
    private readonly IDocumentStore _store;
    private readonly Peers _peers;
    private readonly Links _links;

    internal PeerCards(IDocumentStore store, Peers peers, Links links)
    {
        _store = store;
        _peers = peers;
        _links = links;
    }

    /// <summary>Null when there is none.</summary>
    public async Task<IReadOnlyList<string>?> FindAsync(string workspace, string observer, string observed, CancellationToken cancellationToken)
    {
        var card = await _store.FindAsync(Partition.Memory(workspace, observer, observed), PeerCard.Id, DocumentJson.Default.PeerCard, cancellationToken);
        return card is null || (card.Human is null && card.Generated.Count == 0) ? null : card.Lines;
    }

    /// <summary>With the cards of peers that are the same person; null when there is none.</summary>
    internal async Task<IReadOnlyList<string>?> FindJoinedAsync(string workspace, string observer, string observed, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var (one, other) in await _links.PairsAsync(workspace, observer, observed, cancellationToken))
            lines.AddRange((await FindAsync(workspace, one, other, cancellationToken) ?? []).Except(lines));
        return lines.Count == 0 ? null : lines;
    }

    /// <summary>Replaces the card as a person's: background work does not change it afterwards. Creates the observer when missing.</summary>
    public async Task SetAsync(string workspace, string observer, string observed, IReadOnlyList<string> lines, CancellationToken cancellationToken)
    {
        if (observed.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(observed);
        if (!Names.IsValid(observed))
            throw Errors.BadPeerNames([observed]);
        if (await _peers.FindAsync(workspace, observer, cancellationToken) is null)
            await _peers.EnsureAsync(workspace, [observer], cancellationToken);

        await _store.ChangeAsync(
            Partition.Memory(workspace, observer, observed),
            PeerCard.Id,
            DocumentJson.Default.PeerCard,
            current => (current ?? new PeerCard()) with { Human = lines },
            cancellationToken);
    }

    /// <summary>Works conclusions into the generated card, in one batch with them; null when that changes nothing. What a person wrote stays.</summary>
    internal static Operation? Adding(Document? card, IEnumerable<Conclusion> conclusions)
    {
        var current = card?.As(DocumentJson.Default.PeerCard) ?? new PeerCard();
        var next = current.With(conclusions);
        return ReferenceEquals(next, current) ? null : Write(card, next);
    }

    /// <summary>Makes the generated card of these conclusions alone; what a person wrote stays.</summary>
    internal Task RebuildAsync(Partition pair, IReadOnlyList<Conclusion> conclusions, CancellationToken cancellationToken) => _store.ChangeAsync(
        pair, PeerCard.Id, DocumentJson.Default.PeerCard, current => new PeerCard { Human = current?.Human }.With(conclusions), cancellationToken);

    /// <summary>
    /// Leaves only lines whose conclusions still hold and works in those that are missing, on nothing when rebuilt: a write, null when that changes nothing, and
    /// how many generated lines there are then.
    /// </summary>
    internal static (Operation? Write, int Entries) Refreshing(Document? card, IReadOnlySet<string> outdated, IEnumerable<Conclusion> conclusions, bool rebuild)
    {
        var current = card?.As(DocumentJson.Default.PeerCard) ?? new PeerCard();
        var kept = rebuild ? new PeerCard { Human = current.Human } : current;
        var next = (kept.Generated.Any(entry => outdated.Contains(entry.ConclusionId)) ? kept.Without(outdated) : kept).With(conclusions);
        return (next.Generated.SequenceEqual(current.Generated) ? null : Write(card, next), next.Generated.Count);
    }

    /// <summary>Puts what holds now in the place of lines that cite what does not; where there are none it adds none.</summary>
    internal Task ReplaceAsync(Partition pair, IReadOnlySet<string> outdated, IReadOnlyList<Conclusion> written, CancellationToken cancellationToken) =>
        _store.ChangeAsync(
            pair,
            PeerCard.Id,
            DocumentJson.Default.PeerCard,
            current => current?.Generated.Any(entry => outdated.Contains(entry.ConclusionId)) != true
                ? current
                : current.Without(outdated).With(written.Where(conclusion => conclusion.IsCurrent)),
            cancellationToken);

    private static Operation Write(Document? card, PeerCard next) => Operation.Write(PeerCard.Id, Stored.Body(next, DocumentJson.Default.PeerCard), card?.ETag);
}
