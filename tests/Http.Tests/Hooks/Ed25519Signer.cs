using System.Numerics;
using System.Security.Cryptography;
using Kith.Http.Hooks.Discord;

namespace Kith.Http.Tests.Hooks;

/// <summary>Signs as RFC 8032 §5.1.6 says, on the product's arithmetic, which the published vectors check.</summary>
internal sealed class Ed25519Signer
{
    private static readonly BigInteger Order = BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly EdwardsPoint Base = EdwardsPoint.Read([0x58, .. Enumerable.Repeat((byte)0x66, 31)])!.Value;

    private readonly BigInteger _secret;
    private readonly byte[] _prefix;

    public Ed25519Signer(byte seed)
    {
        var expanded = SHA512.HashData([.. Enumerable.Repeat(seed, 32)]);
        expanded[0] &= 0xF8;
        expanded[31] = (byte)((expanded[31] & 0x7F) | 0x40);
        (_secret, _prefix) = (Number(expanded.AsSpan(0, 32)), expanded[32..]);
        Key = Encode(_secret);
    }

    public byte[] Key { get; }

    public byte[] Sign(byte[] message)
    {
        var nonce = Number(SHA512.HashData([.. _prefix, .. message])) % Order;
        var r = Encode(nonce);
        var s = (nonce + Number(SHA512.HashData([.. r, .. Key, .. message])) * _secret) % Order;
        var bytes = new byte[32];
        s.TryWriteBytes(bytes, out _, isUnsigned: true);
        return [.. r, .. bytes];
    }

    private static byte[] Encode(BigInteger factor)
    {
        var bytes = new byte[32];
        EdwardsPoint.Combine(factor, Base, BigInteger.Zero, Base).Write(bytes);
        return bytes;
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);
}
