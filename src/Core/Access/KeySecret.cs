namespace Kith.Core.Access;

/// <param name="Hash">SHA-256: a secret has 256 random bits, which need no slower hash.</param>
/// <param name="ExpiresAt">Null for the newest secret of a key.</param>
public sealed record KeySecret(byte[] Hash, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null);
