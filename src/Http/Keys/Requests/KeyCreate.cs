using Kith.Core;
using Kith.Core.Access;
using Kith.Http.Schema;

namespace Kith.Http.Keys.Requests;

/// <param name="Peer">Only what this peer may see and do; together with no session.</param>
/// <param name="Session">Only this session.</param>
internal sealed record KeyCreate(string Name, string? Peer, string? Session, bool? ReadOnly, Moment? ExpiresAt)
{
    private const int NameCharacters = 100;

    public static KeyCreate? Read(Input body) => body.Object()?.Only("name", "peer", "session", "read_only", "expires_at") is not { } fields ? null : new(
        fields.Required("name").Text(1, NameCharacters)!,
        fields.Optional("peer").Text(1, Limits.IdCharacters),
        fields.Optional("session").Text(1, Limits.IdCharacters),
        fields.Optional("read_only").Boolean(),
        fields.Optional("expires_at").Time());

    /// <exception cref="KithException">Invalid: names that nothing can have, or a key that would never be valid.</exception>
    public NewKey In(string? workspace, DateTimeOffset now)
    {
        if (workspace is null && (Peer ?? Session) is not null)
            throw new KithException(ErrorCode.Invalid, "Keys of a peer or a session are made in their workspace: POST /v1/workspaces/{workspace}/keys");
        if (Peer is not null && Session is not null)
            throw new KithException(ErrorCode.Invalid, "A key is one of a peer or of a session");
        if ((Peer ?? Session) is { } name && !Names.IsValid(name))
            throw new KithException(ErrorCode.Invalid, $"peer and session must match pattern {Names.Pattern}");
        if (ExpiresAt?.Instant <= now)
            throw new KithException(ErrorCode.Invalid, "expires_at must lie ahead");
        return new NewKey(Name, workspace, Peer, Session, ReadOnly ?? false, ExpiresAt?.Instant);
    }
}
