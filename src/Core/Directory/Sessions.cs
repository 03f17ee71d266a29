using System.Text.Json;
using Kith.Core.Filters;

namespace Kith.Core.Directory;

/// <summary>The sessions of a workspace and their members.</summary>
public sealed class Sessions
{
    /// <summary>Creates workspace, peers and scopes as needed. On an existing session metadata is replaced, configuration merged, peers are added. Not found while the id is being deleted.</summary>
    public Task<(Session Session, bool Created)> GetOrCreateAsync(string workspace, string id, JsonElement? metadata, JsonElement? configuration, IReadOnlyDictionary<string, MemberSettings>? peers, IReadOnlyList<string>? scopes, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Null when it does not exist; an inactive one is returned.</summary>
    public Task<Session?> FindAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Active sessions only.</summary>
    public Task<Page<Session>> ListAsync(string workspace, Paging paging, Condition? where, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Hides the session at once; the worker removes everything stamped with it.</summary>
    public Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Copies settings, members and the messages up to the given one (all when null) into a new session.</summary>
    public Task<Session> CloneAsync(string workspace, string id, string? messageId, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Active members without scopes; empty for an unknown session.</summary>
    public Task<Page<Peer>> MembersAsync(string workspace, string id, Paging paging, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Creates session and peers; active members keep their settings.</summary>
    public Task<Session> AddMembersAsync(string workspace, string id, IReadOnlyDictionary<string, MemberSettings> peers, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Makes the membership exactly this; not found when the session is missing.</summary>
    public Task<Session> SetMembersAsync(string workspace, string id, IReadOnlyDictionary<string, MemberSettings> peers, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Peers leave; unknown ids are ignored.</summary>
    public Task<Session> RemoveMembersAsync(string workspace, string id, IReadOnlyCollection<string> peers, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Also of a peer that left; not found without a membership.</summary>
    public Task<MemberSettings> MemberSettingsAsync(string workspace, string id, string peer, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Merges the non-null settings; adds the membership if absent. Not found when session or peer is missing.</summary>
    public Task SetMemberSettingsAsync(string workspace, string id, string peer, MemberSettings settings, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Whether the peer is an active member.</summary>
    public Task<bool> IsActiveMemberAsync(string workspace, string id, string peer, CancellationToken cancellationToken) => throw new NotSupportedException();
}
