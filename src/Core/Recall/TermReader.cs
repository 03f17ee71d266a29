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

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _word = scratch[..(MaxLength + 2)];
    private readonly Span<char> _stem = scratch[(MaxLength + 2)..ScratchLength];
    private int _position;
    private bool _insideRun;
    private int _wordLength;
    private int _stemLength;

    /// <summary>The folded word as written. Valid until the next <see cref="Read"/>.</summary>
    public readonly ReadOnlySpan<char> Word => _word[.._wordLength];

    /// <summary>The stem of <see cref="Word"/>. Valid until the next <see cref="Read"/>.</summary>
    public readonly ReadOnlySpan<char> Term => _stem[.._stemLength];

    /// <summary>Whether the word carries grammar rather than meaning.</summary>
    public readonly bool IsStopWord => StopWords.Contains(Word);

    /// <summary>Whether the word began with an upper-case letter.</summary>
    public bool IsCapitalized { readonly get; private set; }

    /// <summary>Where the word begins in the text.</summary>
    public int Start { readonly get; private set; }

    /// <summary>Where it ends, exclusive.</summary>
    public int End { readonly get; private set; }

    /// <summary>Moves to the next term; false at the end.</summary>
    public bool Read()
    {
        while (_position < _text.Length)
        {
            _wordLength = 0;
            Start = _position;
            var c = _text[_position];
            if (IsUnspaced(c))
            {
                if (!ReadPair())
                    continue;
                End = Math.Min(Start + 2, _text.Length);
                Word.CopyTo(_stem);
                _stemLength = _wordLength;
                return true;
            }

            _insideRun = false;
            if (!IsWordCharacter(_position, out _))
            {
                _position++;
                continue;
            }

            IsCapitalized = char.IsUpper(c);
            ReadWord();
            End = _position;
            if (_wordLength == 0)
                continue;
            Word.CopyTo(_stem);
            _stemLength = Stemmer.Stem(_stem, _wordLength);
            return true;
        }

        return false;
    }

    /// <summary>The pair at the _position, then one character on. A single character of a run stands alone.</summary>
    private bool ReadPair()
    {
        IsCapitalized = false;
        var hasNext = _position + 1 < _text.Length && IsUnspaced(_text[_position + 1]);
        if (!hasNext && _insideRun)
        {
            _insideRun = false;
            _position++;
            return false;
        }

        Append(_text[_position]);
        if (hasNext)
            Append(_text[_position + 1]);
        _insideRun = hasNext;
        _position++;
        return true;
    }

    private void ReadWord()
    {
        while (_position < _text.Length)
        {
            var c = _text[_position];
            if (IsUnspaced(c))
                return;
            if (IsWordCharacter(_position, out var width))
            {
                if (width == 2 && _wordLength + 2 <= MaxLength)
                {
                    _word[_wordLength++] = c;
                    _word[_wordLength++] = _text[_position + 1];
                }
                else if (width == 1 && !CharacterFolding.IsAccent(c))
                {
                    Append(c);
                }

                _position += width;
            }
            else if (IsApostrophe(c) && _position + 1 < _text.Length && char.IsLetter(_text[_position + 1]))
            {
                _position++;
                ReadApostrophe();
            }
            else if (c is ',' or '.' && IsThousands())
            {
                _position++;
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
        var end = _position;
        while (end < _text.Length && end - _position <= 2 && char.IsLetter(_text[end]))
            end++;
        if (end - _position <= 2 && _wordLength > 1)
            _position = end;
        else if (_wordLength <= 2)
            _wordLength = 0;
    }

    private readonly bool IsThousands()
    {
        if (_wordLength == 0 || !char.IsAsciiDigit(_word[_wordLength - 1]) || _position + 3 >= _text.Length)
            return false;
        for (var i = 1; i <= 3; i++)
        {
            if (!char.IsAsciiDigit(_text[_position + i]))
                return false;
        }

        return _position + 4 >= _text.Length || !char.IsAsciiDigit(_text[_position + 4]);
    }

    private void Append(char c)
    {
        if (_wordLength >= MaxLength)
            return;
        _word[_wordLength++] = CharacterFolding.Fold(c, out var second);
        if (second != '\0')
            _word[_wordLength++] = second;
    }

    private readonly bool IsWordCharacter(int index, out int width)
    {
        width = 1;
        var c = _text[index];
        if (char.IsAsciiLetterOrDigit(c))
            return true;
        if (c < '\u0080')
            return false;
        var category = char.GetUnicodeCategory(c);
        if (category == UnicodeCategory.Surrogate)
        {
            if (index + 1 >= _text.Length || !char.IsSurrogatePair(c, _text[index + 1]))
                return false;
            width = 2;
            category = CharUnicodeInfo.GetUnicodeCategory(char.ConvertToUtf32(c, _text[index + 1]));
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
