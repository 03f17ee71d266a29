using System.Numerics;

namespace Kith.Http.Hooks.Discord;

/// <summary>A point of edwards25519 in extended coordinates: x = X/Z, y = Y/Z, xy = T/Z (RFC 8032 §5.1.4).</summary>
internal readonly struct EdwardsPoint
{
    private const int Bytes = 32;
    private const byte SignBit = 0x80;

    private static readonly FieldElement D = FieldElement.Zero - FieldElement.Of(121_665) * FieldElement.Of(121_666).Inverse();
    private static readonly FieldElement TwiceD = D + D;
    private static readonly EdwardsPoint Neutral = new(FieldElement.Zero, FieldElement.One, FieldElement.One, FieldElement.Zero);

    private readonly FieldElement _x;
    private readonly FieldElement _y;
    private readonly FieldElement _z;
    private readonly FieldElement _t;

    private EdwardsPoint(FieldElement x, FieldElement y, FieldElement z, FieldElement t) => (_x, _y, _z, _t) = (x, y, z, t);

    public bool IsNeutral => _x == FieldElement.Zero && _y == _z;

    public EdwardsPoint Negated => new(FieldElement.Zero - _x, _y, _z, FieldElement.Zero - _t);

    /// <summary>Null for what encodes no point, or a point otherwise than it is written (RFC 8032 §5.1.3).</summary>
    public static EdwardsPoint? Read(ReadOnlySpan<byte> encoded)
    {
        var isOdd = (encoded[Bytes - 1] & SignBit) != 0;
        if (FieldElement.Read(encoded) is not { } y)
            return null;
        var square = y * y;
        if (FieldElement.Root(square - FieldElement.One, D * square + FieldElement.One) is not { } x || (x == FieldElement.Zero && isOdd))
            return null;
        if (x.IsOdd != isOdd)
            x = FieldElement.Zero - x;
        return new EdwardsPoint(x, y, FieldElement.One, x * y);
    }

    public void Write(Span<byte> encoded)
    {
        var inverse = _z.Inverse();
        (_y * inverse).Write(encoded);
        if ((_x * inverse).IsOdd)
            encoded[Bytes - 1] |= SignBit;
    }

    /// <summary>Both products and their sum, in one pass over the bits.</summary>
    public static EdwardsPoint Combine(BigInteger a, EdwardsPoint p, BigInteger b, EdwardsPoint q)
    {
        var both = p + q;
        var sum = Neutral;
        for (var bit = (int)BigInteger.Max(a, b).GetBitLength() - 1; bit >= 0; bit--)
        {
            sum = sum.Doubled();
            sum = (IsSet(a, bit), IsSet(b, bit)) switch
            {
                (true, true) => sum + both,
                (true, false) => sum + p,
                (false, true) => sum + q,
                _ => sum,
            };
        }

        return sum;

        static bool IsSet(BigInteger number, int bit) => !((number >> bit) & BigInteger.One).IsZero;
    }

    public EdwardsPoint Times(int factor) => Combine(factor, this, BigInteger.Zero, this);

    public static EdwardsPoint operator +(EdwardsPoint p, EdwardsPoint q)
    {
        var a = (p._y - p._x) * (q._y - q._x);
        var b = (p._y + p._x) * (q._y + q._x);
        var c = p._t * TwiceD * q._t;
        var d = (p._z + p._z) * q._z;
        return Of(b - a, d - c, d + c, b + a);
    }

    private EdwardsPoint Doubled()
    {
        var (a, b, c) = (_x * _x, _y * _y, _z * _z);
        var (h, g) = (a + b, a - b);
        return Of(h - (_x + _y) * (_x + _y), c + c + g, g, h);
    }

    private static EdwardsPoint Of(FieldElement e, FieldElement f, FieldElement g, FieldElement h) => new(e * f, g * h, f * g, e * h);
}
