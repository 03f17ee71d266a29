using System.Security.Cryptography;

namespace Kith.Http.Access.Entra;

/// <summary>A public key that tokens are signed with.</summary>
/// <param name="Endorsements">What it may speak for; empty where the issuer does not say.</param>
internal sealed record SigningKey(RSA Key, IReadOnlyList<string> Endorsements);
