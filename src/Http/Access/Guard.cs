namespace Kith.Http.Access;

/// <summary>Who may use a route (spec honcho-api §6), as metadata of its endpoint.</summary>
internal enum Guard
{
    /// <summary>Everybody, without a key.</summary>
    Open,

    /// <summary>Keys of the whole server.</summary>
    Admin,

    /// <summary>Keys of the path's workspace.</summary>
    Workspace,

    /// <summary>Also keys of the path's peer.</summary>
    Peer,

    /// <summary>Keys of the workspace, and of the path's session.</summary>
    Session,

    /// <summary>As <see cref="Session"/>, and keys of an active member: for routes that only read.</summary>
    SessionMember,

    /// <summary>Keys of any workspace, which decides the workspace in place of the path, and of any peer in it, who sees what is its own.</summary>
    Tenant,

    /// <summary>As <see cref="Tenant"/>, and keys of the path's session.</summary>
    TenantSession,

    /// <summary>Any key; the handler compares its claims with the body.</summary>
    Self,
}
