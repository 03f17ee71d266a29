namespace Kith.Core.Context;

/// <param name="IsTextOnly">The embedding model did not answer, so nothing was found by meaning.</param>
public sealed record PeerContext(string Representation, IReadOnlyList<string>? PeerCard, bool IsTextOnly = false)
{
    /// <summary>Null when everything fits.</summary>
    public Truncation? Truncation { get; init; }
}
