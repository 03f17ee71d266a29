namespace Kith.Client;

/// <summary>What a session's context holds.</summary>
/// <example>
/// <code>
/// var context = await session.GetContextAsync(new() { Tokens = 2000, PeerTarget = "user", PeerPerspective = "assistant", SearchQuery = "What are my preferences?" });
/// </code>
/// </example>
public sealed record SessionContextOptions : RecallOptions
{
    /// <summary>What everything together may have, in tokens of <c>o200k_base</c>: up to 100,000, which is also the default. A newest message that does not fit is left out.</summary>
    public int? Tokens { get; init; }

    /// <summary>Whether a summary stands for older messages, within 40 % of the budget.</summary>
    public bool Summary { get; init; } = true;

    /// <summary>Adds the representation and the card of this peer.</summary>
    public PeerId? PeerTarget { get; init; }

    /// <summary>As this peer knows it; only with <see cref="PeerTarget"/>. Null: all that is known of the target.</summary>
    public PeerId? PeerPerspective { get; init; }

    /// <summary>The representation rests on what was said in this session only; there is no card then.</summary>
    public bool LimitToSession { get; init; }

    /// <summary>The representation rests on these sessions only, this one among them; with <see cref="PeerTarget"/>.</summary>
    public IReadOnlyList<SessionId>? Sessions { get; init; }

    /// <summary>The representation is what this scope sees; with <see cref="PeerTarget"/>.</summary>
    public string? Scope { get; init; }
}
