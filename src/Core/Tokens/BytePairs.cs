using System.Buffers;

namespace Kith.Core.Tokens;

/// <summary>Byte pair encoding of one piece: the pair that forms the token of lowest rank is merged first, the leftmost of equals.</summary>
internal static class BytePairs
{
    // Up to here scanning all pairs for the lowest rank beats the bookkeeping of a priority queue.
    private const int ShortPiece = 96;

    /// <summary>Counts the tokens of a piece and appends their ids to <paramref name="ids"/>, if given.</summary>
    public static int Encode(ReadOnlySpan<byte> piece, Vocabulary vocabulary, List<int>? ids)
    {
        var whole = vocabulary.Rank(piece);
        if (whole != Vocabulary.Missing)
        {
            ids?.Add(whole);
            return 1;
        }

        return piece.Length <= ShortPiece ? EncodeShort(piece, vocabulary, ids) : EncodeLong(piece, vocabulary, ids);
    }

    private static int EncodeShort(ReadOnlySpan<byte> piece, Vocabulary vocabulary, List<int>? ids)
    {
        // Part i is piece[starts[i]..starts[i + 1]]; ranks[i] is the rank of parts i and i + 1 together.
        Span<int> starts = stackalloc int[piece.Length + 1];
        Span<int> ranks = stackalloc int[piece.Length];
        var parts = piece.Length;
        for (var i = 0; i <= parts; i++)
            starts[i] = i;
        for (var i = 0; i < parts; i++)
            ranks[i] = PairRank(piece, i, starts, parts, vocabulary);

        while (true)
        {
            var lowest = 0;
            for (var i = 1; i < parts; i++)
            {
                if (ranks[i] < ranks[lowest])
                    lowest = i;
            }

            if (ranks[lowest] == Vocabulary.Missing)
                break;

            starts[(lowest + 2)..(parts + 1)].CopyTo(starts[(lowest + 1)..]);
            ranks[(lowest + 1)..parts].CopyTo(ranks[lowest..]);
            parts--;
            ranks[lowest] = PairRank(piece, lowest, starts, parts, vocabulary);
            if (lowest > 0)
                ranks[lowest - 1] = PairRank(piece, lowest - 1, starts, parts, vocabulary);
        }

        for (var i = 0; ids is not null && i < parts; i++)
            ids.Add(vocabulary.Rank(piece[starts[i]..starts[i + 1]]));
        return parts;
    }

    private static int PairRank(ReadOnlySpan<byte> piece, int part, ReadOnlySpan<int> starts, int parts, Vocabulary vocabulary) =>
        part + 2 <= parts ? vocabulary.Rank(piece[starts[part]..starts[part + 2]]) : Vocabulary.Missing;

    /// <summary>The same in O(n log n), for texts without a break such as base64 or a run of one character.</summary>
    private static int EncodeLong(ReadOnlySpan<byte> piece, Vocabulary vocabulary, List<int>? ids)
    {
        // The parts are a linked list over their start positions; ranks[start] is the rank of a part and its successor.
        var length = piece.Length;
        var previous = ArrayPool<int>.Shared.Rent(length + 1);
        var next = ArrayPool<int>.Shared.Rent(length + 1);
        var ranks = ArrayPool<int>.Shared.Rent(length + 1);
        // Ordered by rank, then by start: both in one number, which compares faster than a tuple.
        var queue = new PriorityQueue<int, long>();
        for (var start = 0; start <= length; start++)
        {
            previous[start] = start - 1;
            next[start] = start + 1;
        }

        for (var start = 0; start < length; start++)
            Rerank(start, piece);

        var parts = length;
        while (queue.TryDequeue(out var start, out var pair))
        {
            // An entry is stale when one of its parts has been merged since: its rank was replaced or removed.
            if (ranks[start] != (int)(pair >> 32))
                continue;

            var merged = next[start];
            ranks[merged] = Vocabulary.Missing;
            next[start] = next[merged];
            previous[next[start]] = start;
            parts--;
            Rerank(start, piece);
            if (start > 0)
                Rerank(previous[start], piece);
        }

        for (var start = 0; ids is not null && start < length; start = next[start])
            ids.Add(vocabulary.Rank(piece[start..next[start]]));

        ArrayPool<int>.Shared.Return(previous);
        ArrayPool<int>.Shared.Return(next);
        ArrayPool<int>.Shared.Return(ranks);
        return parts;

        void Rerank(int start, ReadOnlySpan<byte> bytes)
        {
            var second = next[start];
            ranks[start] = second < length ? vocabulary.Rank(bytes[start..next[second]]) : Vocabulary.Missing;
            if (ranks[start] != Vocabulary.Missing)
                queue.Enqueue(start, ((long)ranks[start] << 32) | (uint)start);
        }
    }
}
