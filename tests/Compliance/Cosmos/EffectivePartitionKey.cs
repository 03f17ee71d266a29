using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>
/// Where a hierarchical partition key lies on the ring: each level's text is hashed (MurmurHash3, 128 bits) and cut to 126 bits. All keys below a prefix
/// begin with its hashes, which is how the client names a prefix in a request.
/// </summary>
internal static class EffectivePartitionKey
{
    private const byte TextComponent = 8;
    private const byte EndOfText = 0xFF;

    public static string Of(IEnumerable<string> levels) => string.Concat(levels.Select(Of));

    private static string Of(string level)
    {
        var (low, high) = Murmur([TextComponent, .. Encoding.UTF8.GetBytes(level), EndOfText]);
        var hash = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(hash, high);
        BinaryPrimitives.WriteUInt64BigEndian(hash.AsSpan(8), low);
        hash[0] &= 0x3F;
        return Convert.ToHexString(hash);
    }

    private static (ulong Low, ulong High) Murmur(ReadOnlySpan<byte> data)
    {
        const ulong C1 = 0x87c37b91114253d5, C2 = 0x4cf5ad432745937f;
        ulong h1 = 0, h2 = 0;
        var length = (ulong)data.Length;
        for (; data.Length >= 16; data = data[16..])
        {
            h1 ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(data) * C1, 31) * C2;
            h1 = ((BitOperations.RotateLeft(h1, 27) + h2) * 5) + 0x52dce729;
            h2 ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(data[8..]) * C2, 33) * C1;
            h2 = ((BitOperations.RotateLeft(h2, 31) + h1) * 5) + 0x38495ab5;
        }
        Span<byte> tail = stackalloc byte[16];
        tail.Clear();
        data.CopyTo(tail);
        h2 ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(tail[8..]) * C2, 33) * C1;
        h1 ^= BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(tail) * C1, 31) * C2;
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        h1 = Mix(h1);
        h2 = Mix(h2);
        h1 += h2;
        h2 += h1;
        return (h1, h2);
    }

    private static ulong Mix(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
        hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
        return hash ^ (hash >> 33);
    }
}
