using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Kith.Core.Directory;

namespace Kith.Http.Events;

/// <summary>How receivers know that an event comes from Kith and is not an old one.</summary>
internal static class WebhookSignature
{
    /// <summary>Standard Webhooks, version 1: over id, time and body, with the key that the secret spells in base 64.</summary>
    public static string Timed(string secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Convert.FromBase64String(secret[WebhookSecret.Prefix.Length..]));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}.")));
        hash.AppendData(body);
        return "v1," + Convert.ToBase64String(hash.GetHashAndReset());
    }

    /// <summary>The original's: over the body alone, with the secret as it is written (spec honcho-api §10).</summary>
    public static string Plain(string secret, ReadOnlySpan<byte> body) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
