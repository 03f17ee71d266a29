using Kith.Core.Access;

namespace Kith.Http.Access;

/// <summary>Who calls: the claims of a key. The narrowest claim decides what it opens (spec honcho-api §6).</summary>
internal sealed record Caller(bool IsAdmin, string? Workspace = null, string? Peer = null, string? Session = null)
{
    /// <summary>Of a key that has one, or the subject of a token from elsewhere.</summary>
    public string? KeyId { get; init; }

    /// <summary>What tells this caller from others: limits and repetitions are counted by it.</summary>
    public string Id => KeyId ?? $"{(IsAdmin ? "admin" : "")}/{Workspace}/{Peer}/{Session}";

    /// <summary>May read what it opens, and change nothing.</summary>
    public bool ReadOnly { get; init; }

    public static Caller Admin { get; } = new(IsAdmin: true);

    public static Caller Of(Key key) => new(IsAdmin: key.Workspace is null, key.Workspace, key.Peer, key.Session) { KeyId = key.Id, ReadOnly = key.ReadOnly };

    /// <summary>Holds a key of the whole workspace, or of everything.</summary>
    public bool OwnsWorkspace(string workspace) => IsAdmin || (Workspace == workspace && Peer is null && Session is null);

    public bool OwnsPeer(string workspace, string peer) => OwnsWorkspace(workspace) || (IsPeerOf(workspace) && Peer == peer);

    public bool OwnsSession(string workspace, string session) => OwnsWorkspace(workspace) || (!IsAdmin && Workspace == workspace && Session == session);

    /// <summary>Holds a key of one peer in this workspace and of nothing else.</summary>
    public bool IsPeerOf(string workspace) => !IsAdmin && Workspace == workspace && Peer is not null && Session is null;
}
