using Kith.Core.Reasoning;

namespace Kith.Core.Memory;

/// <summary>A generated line of a card, with the conclusion it cites.</summary>
internal sealed record PeerCardEntry(string ConclusionId, CardCategory Category, string Content, string? Slot, DateTimeOffset SaidAt)
{
    public string Line => $"{Category.ToString().ToUpperInvariant()}: {Content}";

    public static PeerCardEntry Of(Conclusion conclusion)
    {
        var content = conclusion.Content.Length <= PeerCard.MaxEntryCharacters
            ? conclusion.Content
            : string.Concat(conclusion.Content.AsSpan(0, PeerCard.MaxEntryCharacters - 1).TrimEnd(), "…");
        return new PeerCardEntry(conclusion.Id, conclusion.Card!.Value, content, conclusion.Slot, conclusion.SaidAt);
    }

    public bool Replaces(PeerCardEntry other) =>
        (Slot is not null && Slot == other.Slot) || string.Equals(Content, other.Content, StringComparison.OrdinalIgnoreCase);
}
