using System.Numerics;
using System.Security.Cryptography;

namespace Kith.Http.Hooks.Discord;

/// <summary>
/// Verifies Ed25519 signatures (RFC 8032 §5.1.7), strictly: S below the order of the group, the points in their one encoding, no key of low order, and the equation
/// without the cofactor. It only verifies, so nothing in it is secret and nothing takes care of timing (docs/decisions/0010-ed25519.md).
/// </summary>
internal static class Ed25519
{
    public const int KeyBytes = 32;
    public const int SignatureBytes = 64;

    private const int Cofactor = 8;

    /// <summary>2^252 + 27742317777372353535851937790883648493: the order of the group that the base point generates.</summary>
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The point with y = 4/5 and an even x.</summary>
    private static readonly EdwardsPoint Base = EdwardsPoint.Read([0x58, .. Enumerable.Repeat((byte)0x66, KeyBytes - 1)])!.Value;

    /// <summary>False for whatever is no valid signature of these bytes, of any length.</summary>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature)
    {
        if (key.Length != KeyBytes || signature.Length != SignatureBytes || EdwardsPoint.Read(key) is not { } point || point.Times(Cofactor).IsNeutral)
            return false;
        var r = signature[..KeyBytes];
        var s = Number(signature[KeyBytes..]);
        if (s >= Order)
            return false;

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA512);
        hash.AppendData(r);
        hash.AppendData(key);
        hash.AppendData(message);
        var challenge = Number(hash.GetHashAndReset()) % Order;

        // An encoding of R that is not the one of the point is never equal to it.
        Span<byte> recovered = stackalloc byte[KeyBytes];
        EdwardsPoint.Combine(s, Base, challenge, point.Negated).Write(recovered);
        return recovered.SequenceEqual(r);
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);
}
