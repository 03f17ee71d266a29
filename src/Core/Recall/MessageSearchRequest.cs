using Kith.Core.Filters;

namespace Kith.Core.Recall;

/// <summary>A search over the messages of a workspace.</summary>
/// <param name="Query">May be empty: then nothing is found by text, and the newest messages come first.</param>
public sealed record MessageSearchRequest(string Workspace, string Query)
{
    /// <summary>1 to 100.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Messages of this session only.</summary>
    public string? Session { get; init; }

    /// <summary>Messages by this author only.</summary>
    public string? Peer { get; init; }

    /// <summary>Messages of sessions that this peer was in, while it was in them.</summary>
    public string? Perspective { get; init; }

    /// <summary>Messages of these sessions only; an empty list finds nothing.</summary>
    public IReadOnlyList<string>? Sessions { get; init; }

    /// <summary>Messages from then on only.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Messages before then only.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>By words alone: the embedding model is not asked.</summary>
    public bool ByWords { get; init; }

    /// <summary>Fills the list up to the limit with what is nearest, however far that is: for a reader who judges for itself.</summary>
    public bool IncludesUnrelated { get; init; }

    public Condition? Where { get; init; }
}
