using System.Diagnostics.CodeAnalysis;

namespace Kith.Client;

/// <summary>A peer, by its id or by the <see cref="Peer"/> itself: methods that take one take either.</summary>
/// <example>
/// <code>
/// PeerId one = "peer-1", same = kith.Peer("peer-1");
/// </code>
/// </example>
public sealed record PeerId
{
    /// <summary>Names a peer.</summary>
    /// <param name="value">Its id.</param>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public PeerId(string value) => Value = Ids.Name(value, nameof(value));

    /// <summary>The id.</summary>
    public string Value { get; }

    /// <summary>A peer by its id.</summary>
    /// <param name="id">The id, or null.</param>
    [return: NotNullIfNotNull(nameof(id))]
    public static implicit operator PeerId?(string? id) => id is null ? null : new(id);

    /// <summary>A peer by itself.</summary>
    /// <param name="peer">The peer, or null.</param>
    [return: NotNullIfNotNull(nameof(peer))]
    public static implicit operator PeerId?(Peer? peer) => peer is null ? null : new(peer.Id);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
