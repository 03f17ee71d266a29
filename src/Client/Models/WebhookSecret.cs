namespace Kith.Client.Models;

/// <summary>A secret that signs events, without its value.</summary>
/// <param name="CreatedAt">Since when it signs.</param>
/// <param name="ExpiresAt">When it stops; null for the newest.</param>
public sealed record WebhookSecret(DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt);
