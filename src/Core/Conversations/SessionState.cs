using System.Collections.Immutable;
using Kith.Core.Directory;

namespace Kith.Core.Conversations;

/// <summary>What a writer must know of a session: all of it is guarded by the head's etag.</summary>
/// <param name="Session">Null when the session does not exist.</param>
internal sealed record SessionState(string Workspace, string Name, Head Head, Session? Session, ImmutableDictionary<string, Member> Members)
{
    public bool Exists => Session is not null;

    public static SessionState Missing(string workspace, string name) =>
        new(workspace, name, new Head(), null, ImmutableDictionary<string, Member>.Empty);

    /// <summary>The session for a caller that may write to it; not found when there is none or it is being deleted.</summary>
    public Session Writable() =>
        Session is null || Head.Deleting ? throw Errors.SessionNotFound(Name, Workspace) : Session;

    public SessionState With(Member member) => this with { Members = Members.SetItem(member.Peer, member), Head = Head with { Unprojected = true } };
}
