using System.Buffers;
using System.Text;

namespace Kith.Core.Tokens;

/// <summary>
/// Exact o200k_base token counts. The texts of special tokens, such as <c>&lt;|endoftext|&gt;</c>, count as ordinary text,
/// and lone surrogates as U+FFFD. Thread-safe; time is linear in ordinary text and O(n log n) in a text without a break.
/// </summary>
public static class Tokenizer
{
    // Within pieces longer than this Truncate cuts between tokens only: trying every character would cost a re-encoding each.
    private const int LongPiece = 256;

    /// <summary>The number of tokens of a text.</summary>
    public static int Count(ReadOnlySpan<char> text) => Encode(text, ids: null);

    /// <summary>Whether a text has more tokens than so many. What is certainly too long is not counted to its end.</summary>
    public static bool Exceeds(string text, int maxTokens)
    {
        // A character is at least one byte, and no token has more bytes than the longest.
        if (text.Length > (long)maxTokens * Vocabulary.LongestToken)
            return true;

        var remaining = maxTokens;
        var pieces = new PieceScanner(text);
        while (remaining >= 0 && pieces.MoveNext())
            remaining -= Count(pieces.Current);
        return remaining < 0;
    }

    /// <summary>The token ids of a text.</summary>
    public static IReadOnlyList<int> Encode(string text)
    {
        var ids = new List<int>(text.Length / 4);
        Encode(text, ids);
        return ids;
    }

    /// <summary>
    /// The longest prefix of a text that has at most <paramref name="maxTokens"/> tokens and does not end in half of a
    /// surrogate pair. Where it would end inside an unbroken run of more than 256 characters it may be a few characters shorter.
    /// </summary>
    public static string Truncate(string text, int maxTokens)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maxTokens);

        // The end of a text decides about its last white space: cutting inside a piece can change the piece before it, but
        // none further back. The search for the cut therefore counts again from the start of the piece before.
        var (recountFrom, recountBudget) = (0, maxTokens);
        var remaining = maxTokens;
        var ids = new List<int>();
        var pieces = new PieceScanner(text);
        while (pieces.MoveNext())
        {
            ids.Clear();
            var count = Encode(pieces.Current, ids);
            if (count > remaining)
            {
                var end = pieces.Current.Length <= LongPiece ? pieces.End : pieces.Start + CharactersOf(ids.Take(remaining), pieces.Current);
                while (end > pieces.Start && (SplitsSurrogates(text, end) || Count(text.AsSpan(recountFrom..end)) > recountBudget))
                    end--;
                return text[..end];
            }

            (recountFrom, recountBudget) = (pieces.Start, remaining);
            remaining -= count;
        }

        return text;
    }

    private static int Encode(ReadOnlySpan<char> text, List<int>? ids)
    {
        const int StackLimit = 512;
        var vocabulary = Vocabulary.O200kBase;
        Span<byte> small = stackalloc byte[StackLimit];
        byte[]? rented = null;
        var count = 0;

        var pieces = new PieceScanner(text);
        while (pieces.MoveNext())
        {
            var piece = pieces.Current;
            var buffer = small;
            if (Encoding.UTF8.GetMaxByteCount(piece.Length) is var needed and > StackLimit)
            {
                if (rented is null || rented.Length < needed)
                {
                    Return(rented);
                    rented = ArrayPool<byte>.Shared.Rent(needed);
                }

                buffer = rented;
            }

            count += BytePairs.Encode(buffer[..Encoding.UTF8.GetBytes(piece, buffer)], vocabulary, ids);
        }

        Return(rented);
        return count;

        static void Return(byte[]? rented)
        {
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    /// <summary>How many UTF-16 code units the first tokens of a piece cover, including a character that they cover in part.</summary>
    private static int CharactersOf(IEnumerable<int> ids, ReadOnlySpan<char> piece)
    {
        var bytes = ids.Sum(id => Vocabulary.O200kBase.Token(id).Length);
        var characters = 0;
        while (bytes > 0)
        {
            Rune.DecodeFromUtf16(piece[characters..], out var rune, out var length);
            characters += length;
            bytes -= rune.Utf8SequenceLength;
        }

        return characters;
    }

    private static bool SplitsSurrogates(string text, int position) =>
        position < text.Length && char.IsSurrogatePair(text[position - 1], text[position]);
}
