using Kith.Core.Conversations;
using Kith.Core.Memory;

namespace Kith.Core.Context;

/// <summary>Messages ascending, without gaps up to the newest; representation and card are null when no target was asked for.</summary>
/// <param name="Truncation">Null when everything fits.</param>
public sealed record SessionContext(
    IReadOnlyList<Message> Messages,
    Summary? Summary,
    string? Representation,
    IReadOnlyList<string>? PeerCard,
    Truncation? Truncation)
{
    /// <summary>What the representation says, ascending by time; null without one.</summary>
    public IReadOnlyList<Conclusion>? Conclusions { get; init; }

    /// <summary>The embedding model did not answer, so nothing was found by meaning.</summary>
    public bool IsTextOnly { get; init; }
}
