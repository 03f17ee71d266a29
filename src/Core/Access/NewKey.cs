namespace Kith.Core.Access;

/// <param name="Name">1 to 100 characters.</param>
/// <param name="Workspace">Null for a key of the whole server; needed with <paramref name="Peer"/> and <paramref name="Session"/>.</param>
public sealed record NewKey(string Name, string? Workspace = null, string? Peer = null, string? Session = null, bool ReadOnly = false, DateTimeOffset? ExpiresAt = null);
