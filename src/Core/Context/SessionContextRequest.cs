namespace Kith.Core.Context;

/// <summary>What to put into the context for the next model call (spec honcho-api §9.6).</summary>
public sealed record SessionContextRequest(string Workspace, string Session)
{
    /// <summary>Zero or less gives no messages.</summary>
    public int Tokens { get; init; } = Limits.ContextTokens;

    public bool Summary { get; init; } = true;

    /// <summary>Adds representation and card of this peer.</summary>
    public string? Target { get; init; }

    /// <summary>Nothing is known about a target that does not exist, instead of an error.</summary>
    public bool MayLackTarget { get; init; }

    /// <summary>Whose view of the target: the target's own when null.</summary>
    public string? Perspective { get; init; }

    public string? SearchQuery { get; init; }

    public int? SearchTopK { get; init; }

    public double? SearchMaxDistance { get; init; }

    public bool IncludeMostFrequent { get; init; }

    public int MaxConclusions { get; init; } = 100;

    /// <summary>Limits the representation to explicit conclusions of these sessions and withholds the card.</summary>
    public IReadOnlyList<string>? Sessions { get; init; }

    /// <summary>A scope as observer: its sessions are the allowlist.</summary>
    public string? Scope { get; init; }
}
