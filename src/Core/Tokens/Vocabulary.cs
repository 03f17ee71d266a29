using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Kith.Core.Tokens;

/// <summary>The byte strings of o200k_base by rank, and an open-addressing hash table from byte string to rank.</summary>
internal sealed class Vocabulary
{
    public const int Missing = int.MaxValue;
    public const int LongestToken = 128;

    // More than twice the number of tokens: most look-ups of a missing pair end at an empty first slot.
    private const int SlotCount = 1 << 19;

    private static readonly Lazy<Vocabulary> Loaded = new(Load);

    private readonly byte[] _bytes;
    private readonly int[] _offsets;
    private readonly Slot[] _slots = new Slot[SlotCount];

    private Vocabulary(byte[] bytes, int[] offsets)
    {
        _bytes = bytes;
        _offsets = offsets;
        for (var rank = 0; rank < offsets.Length - 1; rank++)
        {
            var hash = Hash(Token(rank));
            var slot = hash & (SlotCount - 1);
            while (_slots[slot].Entry != 0)
                slot = (slot + 1) & (SlotCount - 1);
            _slots[slot] = new Slot(hash, rank + 1);
        }
    }

    public static Vocabulary O200kBase => Loaded.Value;

    public ReadOnlySpan<byte> Token(int rank) => _bytes.AsSpan(_offsets[rank], _offsets[rank + 1] - _offsets[rank]);

    /// <summary>The rank of a byte string, or <see cref="Missing"/>. A lower rank is merged first; the rank is also the token's id.</summary>
    public int Rank(ReadOnlySpan<byte> token)
    {
        if (token.Length > LongestToken)
            return Missing;

        var hash = Hash(token);
        for (var i = hash & (SlotCount - 1); ; i = (i + 1) & (SlotCount - 1))
        {
            var slot = _slots[i];
            if (slot.Entry == 0)
                return Missing;
            if (slot.Hash == hash && Token(slot.Entry - 1).SequenceEqual(token))
                return slot.Entry - 1;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> token)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)token.Length;
        for (; token.Length >= sizeof(ulong); token = token[sizeof(ulong)..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(token));

        var rest = 0UL;
        foreach (var value in token)
            rest = (rest << 8) | value;
        return (uint)(Mix(hash ^ rest) >> 32);

        static ulong Mix(ulong value)
        {
            value *= Multiplier;
            return value ^ (value >> 29);
        }
    }

    /// <summary>Reads the format of docs/decisions/0001-token-counting.md: count, lengths, bytes; all of it Brotli-compressed.</summary>
    private static Vocabulary Load()
    {
        using var resource = typeof(Vocabulary).Assembly.GetManifestResourceStream(typeof(Vocabulary), "o200k_base.bin")!;
        using var brotli = new BrotliStream(resource, CompressionMode.Decompress);

        var count = 0;
        brotli.ReadExactly(MemoryMarshal.AsBytes(new Span<int>(ref count)));
        var lengths = new byte[count];
        brotli.ReadExactly(lengths);

        var offsets = new int[count + 1];
        for (var rank = 0; rank < count; rank++)
            offsets[rank + 1] = offsets[rank] + lengths[rank];
        var bytes = new byte[offsets[count]];
        brotli.ReadExactly(bytes);
        return new Vocabulary(bytes, offsets);
    }

    /// <param name="Hash">Spares most comparisons of bytes when probing.</param>
    /// <param name="Entry">Rank + 1; zero is an empty slot.</param>
    private readonly record struct Slot(uint Hash, int Entry);
}
