namespace Kith.Client;

/// <summary>A peer in a session, and how it observes there. A <see cref="Peer"/>, an id, or either with its configuration can stand for one.</summary>
/// <example>
/// <code>
/// await session.AddPeersAsync([alice, "bob", (assistant, new SessionPeerConfiguration { ObserveOthers = true })]);
/// </code>
/// </example>
/// <param name="Peer">Who.</param>
/// <param name="Configuration">Null: observed, and observing nobody else.</param>
public sealed record SessionMember(PeerId Peer, SessionPeerConfiguration? Configuration = null)
{
    /// <summary>With the configuration that members have by default.</summary>
    /// <param name="peer">Who.</param>
    public static implicit operator SessionMember(Peer peer) => Of(peer, null);

    /// <summary>With the configuration that members have by default.</summary>
    /// <param name="peer">Who.</param>
    public static implicit operator SessionMember(string peer) => Of(peer, null);

    /// <summary>With a configuration.</summary>
    /// <param name="member">Who, and how.</param>
    public static implicit operator SessionMember((Peer Peer, SessionPeerConfiguration Configuration) member) => Of(member.Peer, member.Configuration);

    /// <summary>With a configuration.</summary>
    /// <param name="member">Who, and how.</param>
    public static implicit operator SessionMember((string Peer, SessionPeerConfiguration Configuration) member) => Of(member.Peer, member.Configuration);

    // Not `new(peer)`: that would be the copy of a member, which a peer converts to.
    private static SessionMember Of(PeerId? peer, SessionPeerConfiguration? configuration) => new(peer ?? throw new ArgumentNullException(nameof(peer)), configuration);
}
