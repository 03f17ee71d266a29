namespace Kith.Core.Reasoning;

/// <summary>One atomic, self-contained statement about a peer, in the third person with the peer's id as subject.</summary>
/// <param name="Content">In the speaker's language; relative dates resolved to absolute ones.</param>
/// <param name="MessageIds">The messages it rests on, at least one, only messages of the request.</param>
public sealed record Statement(string Content, IReadOnlyList<string> MessageIds)
{
    /// <summary>ISO 639-1 code, null when unknown.</summary>
    public string? Language { get; init; }

    /// <summary>When the fact starts to hold, where the text says so; the message's time otherwise (null).</summary>
    public DateTimeOffset? ValidFrom { get; init; }

    /// <summary>
    /// The slot that a peer has only one current value for, such as <c>home</c>, <c>job</c>, <c>age</c> or <c>favourite:colour</c>:
    /// a newer statement of the same slot supersedes an older one. Null for facts that may stand side by side.
    /// </summary>
    public string? Slot { get; init; }

    /// <summary>Whether the statement belongs on the peer card, and under which heading.</summary>
    public CardCategory? Card { get; init; }
}
