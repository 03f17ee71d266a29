namespace Kith.Core.Platforms;

/// <summary>A secret of a connection, as it lies in the store.</summary>
/// <param name="Value">Sealed.</param>
/// <param name="ExpiresAt">When it stops to hold; null for the newest of its name.</param>
public sealed record ConnectionSecret(string Name, string Value, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null);
