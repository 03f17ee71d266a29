using System.Security.Cryptography;

namespace Kith.Core.Directory;

/// <summary>What signs events for one address.</summary>
/// <param name="Value"><c>whsec_</c> and the key in base 64, as Standard Webhooks has it.</param>
/// <param name="ExpiresAt">Null for the newest.</param>
public sealed record WebhookSecret(string Value, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt = null)
{
    public const string Prefix = "whsec_";

    private const int KeyBytes = 32;

    internal static WebhookSecret New(DateTimeOffset now) => new(Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)), now);
}
