using Kith.Http.Schema;

namespace Kith.Http.Keys.Wire;

/// <param name="Workspace">Null for a key of the whole server.</param>
/// <param name="Kind"><c>secret</c>, or <c>signed</c> for a JWT of <c>POST /v3/keys</c>.</param>
/// <param name="State"><c>active</c>, <c>expired</c> or <c>revoked</c>.</param>
/// <param name="PreviousSecretUntil">When the secret before the newest one stops working; null when there is none.</param>
internal sealed record Key(
    string Id,
    string Name,
    string? Workspace,
    string? Peer,
    string? Session,
    bool ReadOnly,
    string Kind,
    string State,
    string CreatedAt,
    string? ExpiresAt,
    string? RevokedAt,
    string? LastUsedAt,
    string? PreviousSecretUntil)
{
    public static Key Of(Core.Access.Key key, DateTimeOffset now)
    {
        var before = key.Secrets.Count > 1 && key.Secrets[0].ExpiresAt > now ? key.Secrets[0].ExpiresAt : null;
        return new(
            key.Id,
            key.Name,
            key.Workspace,
            key.Peer,
            key.Session,
            key.ReadOnly,
            key.Secrets.Count > 0 ? "secret" : "signed",
            key.RevokedAt is not null ? "revoked" : key.IsValid(now) ? "active" : "expired",
            Moment.Format(key.CreatedAt),
            Time(key.ExpiresAt),
            Time(key.RevokedAt),
            Time(key.LastUsedAt),
            Time(before));
    }

    private static string? Time(DateTimeOffset? time) => time is { } known ? Moment.Format(known) : null;
}
