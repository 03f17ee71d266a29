using System.Globalization;

namespace Kith.Core.Recall;

/// <summary>
/// Cuts a text of any language into search terms: folded and stemmed words, numbers, and overlapping pairs of characters where a
/// script writes no spaces. One pass, no allocation, any input: lone surrogates and control characters separate words.
/// </summary>
/// <param name="text">Read as it is.</param>
/// <param name="scratch">Working memory of <see cref="ScratchLength"/> characters.</param>
public ref struct TermReader(ReadOnlySpan<char> text, Span<char> scratch)
{
    /// <summary>Longer words are cut here: no word of a language is, and identifiers differ before it.</summary>
    private const int MaxLength = 48;

    /// <summary>Size of the scratch space that the constructor asks for.</summary>
    public const int ScratchLength = (2 * MaxLength) + 4;

    private readonly ReadOnlySpan<char> text = text;
    private readonly Span<char> word = scratch[..(MaxLength + 2)];
    private readonly Span<char> stem = scratch[(MaxLength + 2)..ScratchLength];
    private int position;
    private bool insideRun;
    private int wordLength;
    private int stemLength;

    /// <summary>The folded word as written. Valid until the next <see cref="Read"/>.</summary>
    public readonly ReadOnlySpan<char> Word => word[..wordLength];

    /// <summary>The stem of <see cref="Word"/>. Valid until the next <see cref="Read"/>.</summary>
    public readonly ReadOnlySpan<char> Term => stem[..stemLength];

    /// <summary>Whether the word carries grammar rather than meaning.</summary>
    public readonly bool IsStopWord => StopWords.Contains(Word);

    /// <summary>Whether the word began with an upper-case letter.</summary>
    public bool IsCapitalized { readonly get; private set; }

    /// <summary>Moves to the next term; false at the end.</summary>
    public bool Read()
    {
        while (position < text.Length)
        {
            wordLength = 0;
            var c = text[position];
            if (IsUnspaced(c))
            {
                if (!ReadPair())
                    continue;
                Word.CopyTo(stem);
                stemLength = wordLength;
                return true;
            }

            insideRun = false;
            if (!IsWordCharacter(position, out _))
            {
                position++;
                continue;
            }

            IsCapitalized = char.IsUpper(c);
            ReadWord();
            if (wordLength == 0)
                continue;
            Word.CopyTo(stem);
            stemLength = Stemmer.Stem(stem, wordLength);
            return true;
        }

        return false;
    }

    /// <summary>The pair at the position, then one character on. A single character of a run stands alone.</summary>
    private bool ReadPair()
    {
        IsCapitalized = false;
        var hasNext = position + 1 < text.Length && IsUnspaced(text[position + 1]);
        if (!hasNext && insideRun)
        {
            insideRun = false;
            position++;
            return false;
        }

        Append(text[position]);
        if (hasNext)
            Append(text[position + 1]);
        insideRun = hasNext;
        position++;
        return true;
    }

    private void ReadWord()
    {
        while (position < text.Length)
        {
            var c = text[position];
            if (IsUnspaced(c))
                return;
            if (IsWordCharacter(position, out var width))
            {
                if (width == 2 && wordLength + 2 <= MaxLength)
                {
                    word[wordLength++] = c;
                    word[wordLength++] = text[position + 1];
                }
                else if (width == 1 && !CharacterFolding.IsAccent(c))
                {
                    Append(c);
                }

                position += width;
            }
            else if (IsApostrophe(c) && position + 1 < text.Length && char.IsLetter(text[position + 1]))
            {
                position++;
                ReadApostrophe();
            }
            else if (c is ',' or '.' && IsThousands())
            {
                position++;
            }
            else
            {
                return;
            }
        }
    }

    /// <summary>"l'école" and "O'Brien" lose what stands before, "Anna's" and "don't" what stands behind.</summary>
    private void ReadApostrophe()
    {
        var end = position;
        while (end < text.Length && end - position <= 2 && char.IsLetter(text[end]))
            end++;
        if (end - position <= 2 && wordLength > 1)
            position = end;
        else if (wordLength <= 2)
            wordLength = 0;
    }

    private readonly bool IsThousands()
    {
        if (wordLength == 0 || !char.IsAsciiDigit(word[wordLength - 1]) || position + 3 >= text.Length)
            return false;
        for (var i = 1; i <= 3; i++)
        {
            if (!char.IsAsciiDigit(text[position + i]))
                return false;
        }

        return position + 4 >= text.Length || !char.IsAsciiDigit(text[position + 4]);
    }

    private void Append(char c)
    {
        if (wordLength >= MaxLength)
            return;
        word[wordLength++] = CharacterFolding.Fold(c, out var second);
        if (second != '\0')
            word[wordLength++] = second;
    }

    private readonly bool IsWordCharacter(int index, out int width)
    {
        width = 1;
        var c = text[index];
        if (char.IsAsciiLetterOrDigit(c))
            return true;
        if (c < '\u0080')
            return false;
        var category = char.GetUnicodeCategory(c);
        if (category == UnicodeCategory.Surrogate)
        {
            if (index + 1 >= text.Length || !char.IsSurrogatePair(c, text[index + 1]))
                return false;
            width = 2;
            category = CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, text[index + 1]));
        }

        return category is <= UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;
    }

    private static bool IsApostrophe(char c) => c is '\'' or '\u2019' or '\u02BC' or '\uFF07';

    /// <summary>Scripts without spaces, and Korean, whose words carry their grammar attached.</summary>
    private static bool IsUnspaced(char c) =>
        c >= '\u0E00' && c switch
        {
            >= '\u0E00' and <= '\u0E4E' => c != '\u0E3F', // Thai without its currency sign and digits
            >= '\u0E81' and <= '\u0ECD' => true, // Lao
            >= '\u1000' and <= '\u103F' => true, // Burmese
            >= '\u1100' and <= '\u11FF' => true, // Hangul letters
            >= '\u1780' and <= '\u17D3' => true, // Khmer
            >= '\u3041' and <= '\u30FF' => c is not ('\u30A0' or '\u30FB'), // Kana
            >= '\u3105' and <= '\u318E' => true, // Bopomofo, Hangul letters
            >= '\u3400' and <= '\u4DBF' => true, // Han
            >= '\u4E00' and <= '\u9FFF' => true,
            >= '\uAC00' and <= '\uD7A3' => true, // Hangul
            >= '\uF900' and <= '\uFAFF' => true,
            >= '\uFF66' and <= '\uFF9F' => true, // half-width Kana
            '\u3005' or '\u3006' => true,
            _ => false,
        };
}
