using System.Buffers.Binary;
using System.Numerics;

namespace Kith.Http.Hooks.Discord;

/// <summary>A number modulo 2^255 - 19, in five limbs of 51 bits and a little more.</summary>
internal readonly struct FieldElement : IEquatable<FieldElement>
{
    private const int LimbBits = 51;
    private const ulong Mask = (1UL << LimbBits) - 1;

    /// <summary>2^255 is this, modulo the prime.</summary>
    private const ulong Fold = 19;

    /// <summary>Four times the prime, limb by limb: what is added before a subtraction, so that no limb falls below zero.</summary>
    private const ulong FirstOfFour = (Mask - Fold + 1) * 4;
    private const ulong OtherOfFour = Mask * 4;

    private static readonly BigInteger Prime = BigInteger.Pow(2, 255) - Fold;

    /// <summary>A root of -1.</summary>
    private static readonly FieldElement RootOfMinusOne = Of(2).ToThe((Prime - 1) / 4);

    private readonly ulong _0;
    private readonly ulong _1;
    private readonly ulong _2;
    private readonly ulong _3;
    private readonly ulong _4;

    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        l1 += l0 >> LimbBits;
        l2 += l1 >> LimbBits;
        l3 += l2 >> LimbBits;
        l4 += l3 >> LimbBits;
        (_0, _1, _2, _3, _4) = ((l0 & Mask) + (l4 >> LimbBits) * Fold, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
    }

    public static FieldElement Zero => default;

    public static FieldElement One => Of(1);

    public bool IsOdd => (Reduced()._0 & 1) != 0;

    public static FieldElement Of(ulong small) => new(small, 0, 0, 0, 0);

    /// <summary>Of 32 bytes, the lowest first, without the highest bit; null where they are no number below the prime.</summary>
    public static FieldElement? Read(ReadOnlySpan<byte> bytes)
    {
        var read = new FieldElement(
            Eight(bytes) & Mask, (Eight(bytes[6..]) >> 3) & Mask, (Eight(bytes[12..]) >> 6) & Mask, (Eight(bytes[19..]) >> 1) & Mask, (Eight(bytes[24..]) >> 12) & Mask);
        Span<byte> written = stackalloc byte[32];
        read.Write(written);
        written[31] |= (byte)(bytes[31] & 0x80);
        return written.SequenceEqual(bytes) ? read : null;

        static ulong Eight(ReadOnlySpan<byte> from) => BinaryPrimitives.ReadUInt64LittleEndian(from);
    }

    public void Write(Span<byte> bytes)
    {
        var r = Reduced();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, r._0 | (r._1 << 51));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], (r._1 >> 13) | (r._2 << 38));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], (r._2 >> 26) | (r._3 << 25));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], (r._3 >> 39) | (r._4 << 12));
    }

    /// <summary>A root of u / v; null where there is none (RFC 8032 §5.1.3).</summary>
    public static FieldElement? Root(FieldElement u, FieldElement v)
    {
        var cube = v * v * v;
        var root = u * cube * (u * cube * cube * v).ToThe((Prime - 5) / 8);
        var square = v * root * root;
        return square == u ? root : square == Zero - u ? root * RootOfMinusOne : null;
    }

    public FieldElement Inverse() => ToThe(Prime - 2);

    public static FieldElement operator +(FieldElement a, FieldElement b) => new(a._0 + b._0, a._1 + b._1, a._2 + b._2, a._3 + b._3, a._4 + b._4);

    public static FieldElement operator -(FieldElement a, FieldElement b) => new(
        a._0 + FirstOfFour - b._0, a._1 + OtherOfFour - b._1, a._2 + OtherOfFour - b._2, a._3 + OtherOfFour - b._3, a._4 + OtherOfFour - b._4);

    public static FieldElement operator *(FieldElement a, FieldElement b)
    {
        var (b1, b2, b3, b4) = (b._1 * Fold, b._2 * Fold, b._3 * Fold, b._4 * Fold);
        var r0 = (UInt128)a._0 * b._0 + (UInt128)a._1 * b4 + (UInt128)a._2 * b3 + (UInt128)a._3 * b2 + (UInt128)a._4 * b1;
        var r1 = (UInt128)a._0 * b._1 + (UInt128)a._1 * b._0 + (UInt128)a._2 * b4 + (UInt128)a._3 * b3 + (UInt128)a._4 * b2;
        var r2 = (UInt128)a._0 * b._2 + (UInt128)a._1 * b._1 + (UInt128)a._2 * b._0 + (UInt128)a._3 * b4 + (UInt128)a._4 * b3;
        var r3 = (UInt128)a._0 * b._3 + (UInt128)a._1 * b._2 + (UInt128)a._2 * b._1 + (UInt128)a._3 * b._0 + (UInt128)a._4 * b4;
        var r4 = (UInt128)a._0 * b._4 + (UInt128)a._1 * b._3 + (UInt128)a._2 * b._2 + (UInt128)a._3 * b._1 + (UInt128)a._4 * b._0;
        r1 += r0 >> LimbBits;
        r2 += r1 >> LimbBits;
        r3 += r2 >> LimbBits;
        r4 += r3 >> LimbBits;
        return new((ulong)r0 & Mask, (ulong)r1 & Mask, (ulong)r2 & Mask, (ulong)r3 & Mask, (ulong)r4 & Mask, (ulong)(r4 >> LimbBits));
    }

    public static bool operator ==(FieldElement a, FieldElement b) => a.Equals(b);

    public static bool operator !=(FieldElement a, FieldElement b) => !a.Equals(b);

    public bool Equals(FieldElement other)
    {
        var (a, b) = (Reduced(), other.Reduced());
        return (a._0, a._1, a._2, a._3, a._4) == (b._0, b._1, b._2, b._3, b._4);
    }

    public override bool Equals(object? obj) => obj is FieldElement other && Equals(other);

    public override int GetHashCode() => Reduced()._0.GetHashCode();

    /// <param name="over">What a product has above 255 bits.</param>
    private FieldElement(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4, ulong over)
        : this(l0 + over * Fold, l1, l2, l3, l4)
    {
    }

    /// <summary>The one form below the prime.</summary>
    private FieldElement Reduced()
    {
        var r = new FieldElement(_0, _1, _2, _3, _4);
        // How often the prime is in it: once more where 19 more would reach 2^255.
        var q = (r._0 + Fold) >> LimbBits;
        q = (r._1 + q) >> LimbBits;
        q = (r._2 + q) >> LimbBits;
        q = (r._3 + q) >> LimbBits;
        q = (r._4 + q) >> LimbBits;
        var l0 = r._0 + q * Fold;
        var l1 = r._1 + (l0 >> LimbBits);
        var l2 = r._2 + (l1 >> LimbBits);
        var l3 = r._3 + (l2 >> LimbBits);
        var l4 = r._4 + (l3 >> LimbBits);
        return new FieldElement(l0 & Mask, l1 & Mask, l2 & Mask, l3 & Mask, l4 & Mask);
    }

    private FieldElement ToThe(BigInteger exponent)
    {
        var (power, bits) = (One, exponent.GetBitLength());
        for (var bit = (int)bits - 1; bit >= 0; bit--)
        {
            power *= power;
            if (!((exponent >> bit) & BigInteger.One).IsZero)
                power *= this;
        }

        return power;
    }
}
