using System.Collections.Immutable;
using Kith.Core.Claiming;
using Kith.Core.Directory;

namespace Kith.Core.Conversations;

/// <summary>What a writer must know of a session: all of it is guarded by the head's etag.</summary>
/// <param name="Session">Null when the session does not exist.</param>
internal sealed record SessionState(string Workspace, string Name, Head Head, Session? Session, ImmutableDictionary<string, Member> Members)
{
    /// <summary>Of what was looked up for the changes at hand, the claims that are there, by their documents' ids.</summary>
    public ImmutableDictionary<string, Claim> Claims { get; init; } = ImmutableDictionary<string, Claim>.Empty;

    /// <summary>Of what was looked up for the changes at hand, the messages that are there, by id.</summary>
    public ImmutableDictionary<string, Message> Known { get; init; } = ImmutableDictionary<string, Message>.Empty;

    public bool Exists => Session is not null;

    public static SessionState Missing(string workspace, string name) =>
        new(workspace, name, new Head(), null, ImmutableDictionary<string, Member>.Empty);

    /// <summary>The session for a caller that may write to it; not found when there is none or it is being deleted.</summary>
    public Session Writable() =>
        Session is null || Head.Deleting ? throw Errors.SessionNotFound(Name, Workspace) : Session;

    /// <summary>Without what was looked up: others may change that at any time.</summary>
    public SessionState Bare() => this with { Claims = ImmutableDictionary<string, Claim>.Empty, Known = ImmutableDictionary<string, Message>.Empty };

    public SessionState With(Member member) => this with { Members = Members.SetItem(member.Peer, member), Head = Head with { Unprojected = true } };
}
