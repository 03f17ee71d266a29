namespace Kith.Client.Models;

/// <summary>What a context leaves out because the token budget has no room for it. Kith only.</summary>
public sealed record Truncation
{
    /// <summary>Lines of the card.</summary>
    public int CardLines { get; init; }

    /// <summary>Conclusions of the representation.</summary>
    public int Conclusions { get; init; }

    /// <summary>Messages that neither are returned nor covered by a returned summary.</summary>
    public long Messages { get; init; }

    /// <summary>There is a summary, but it is not returned.</summary>
    public bool Summary { get; init; }

    /// <summary>Tokens of everything that is returned.</summary>
    public int TokensUsed { get; init; }
}
