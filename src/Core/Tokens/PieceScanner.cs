using System.Globalization;
using System.Text;

namespace Kith.Core.Tokens;

/// <summary>
/// Cuts a text into the pieces inside which byte pairs are merged. This is o200k_base's split expression, whose
/// alternatives are tried in this order at every position:
/// <code>
/// word    [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]*[\p{Ll}\p{Lm}\p{Lo}\p{M}]+(?i:'s|'t|'re|'ve|'m|'ll|'d)?
///         [^\r\n\p{L}\p{N}]?[\p{Lu}\p{Lt}\p{Lm}\p{Lo}\p{M}]+[\p{Ll}\p{Lm}\p{Lo}\p{M}]*(?i:'s|'t|'re|'ve|'m|'ll|'d)?
/// number  \p{N}{1,3}
/// symbols  ?[^\s\p{L}\p{N}]+[\r\n/]*
/// space   \s*[\r\n]+ | \s+(?!\S) | \s+
/// </code>
/// It is written by hand because .NET's expressions see UTF-16 code units, so that letters, marks and digits beyond
/// U+FFFF would count as symbols, and because a hand-written scanner never backtracks over more than one run.
/// </summary>
internal ref struct PieceScanner(ReadOnlySpan<char> text)
{
    private static readonly Kind[] AsciiKinds = [.. Enumerable.Range(0, 128).Select(value => KindOf(new Rune(value)))];

    private readonly ReadOnlySpan<char> _text = text;

    private enum Kind : byte
    {
        Symbol,
        Upper,
        Lower,

        /// <summary>Modifier and other letters, which stand in both letter classes of the expression.</summary>
        Caseless,

        /// <summary>Like <see cref="Caseless"/>, but not a letter: may also precede a word or stand among symbols.</summary>
        Mark,
        Number,
        Space,
        NewLine,
    }

    /// <summary>Where the current piece starts and ends, in UTF-16 code units.</summary>
    public int Start { get; private set; }

    public int End { get; private set; }

    public readonly ReadOnlySpan<char> Current => _text[Start..End];

    public bool MoveNext()
    {
        Start = End;
        if (Start == _text.Length)
            return false;

        var first = KindAt(Start, out var next);
        End = first switch
        {
            Kind.Upper or Kind.Lower or Kind.Caseless or Kind.Mark => Word(Start),
            Kind.Number => Number(Start),
            Kind.Symbol => Word(next) is var word and > 0 ? word : Symbols(Start),
            Kind.Space when Word(next) is var word and > 0 => word,
            Kind.Space when _text[Start] == ' ' && Symbols(next) is var symbols && symbols > next => symbols,
            _ => Space(Start),
        };
        return true;
    }

    /// <summary>The end of both word alternatives, tried in order, without the optional leading character; -1 if neither matches.</summary>
    private readonly int Word(int start)
    {
        var position = start;
        var lastCaseless = -1;
        while (position < _text.Length)
        {
            var kind = KindAt(position, out var next);
            if (kind == Kind.Lower)
                return Contraction(LowerRun(next));
            if (kind is Kind.Caseless or Kind.Mark)
                lastCaseless = next;
            else if (kind != Kind.Upper)
                break;
            position = next;
        }

        // No lower-case letter follows: the first alternative gives characters back until its last one is caseless.
        if (lastCaseless >= 0)
            return Contraction(lastCaseless);
        return position > start ? Contraction(position) : -1;
    }

    private readonly int LowerRun(int position)
    {
        while (position < _text.Length && KindAt(position, out var next) is Kind.Lower or Kind.Caseless or Kind.Mark)
            position = next;
        return position;
    }

    private readonly int Contraction(int position)
    {
        var rest = _text[position..];
        if (rest.Length < 2 || rest[0] != '\'')
            return position;

        var second = rest.Length > 2 ? (char)(rest[2] | 0x20) : '\0';
        return ((char)(rest[1] | 0x20), second) switch
        {
            ('s' or 't' or 'm' or 'd', _) => position + 2,
            ('r' or 'v', 'e') or ('l', 'l') => position + 3,
            _ => position,
        };
    }

    private readonly int Number(int position)
    {
        for (var digits = 0; digits < 3 && position < _text.Length && KindAt(position, out var next) == Kind.Number; digits++)
            position = next;
        return position;
    }

    private readonly int Symbols(int start)
    {
        var position = start;
        while (position < _text.Length && KindAt(position, out var next) is Kind.Symbol or Kind.Mark)
            position = next;
        if (position == start)
            return position;

        while (position < _text.Length && _text[position] is '\r' or '\n' or '/')
            position++;
        return position;
    }

    private readonly int Space(int start)
    {
        var position = start;
        var afterNewLine = -1;
        while (position < _text.Length && KindAt(position, out var next) is var kind and (Kind.Space or Kind.NewLine))
        {
            if (kind == Kind.NewLine)
                afterNewLine = next;
            position = next;
        }

        if (afterNewLine >= 0)
            return afterNewLine;

        // The last space is left to the word or symbol that follows. White space is never beyond U+FFFF.
        return position == _text.Length || position == start + 1 ? position : position - 1;
    }

    private readonly Kind KindAt(int position, out int next)
    {
        var first = _text[position];
        if (first < 128)
        {
            next = position + 1;
            return AsciiKinds[first];
        }

        // A lone surrogate decodes to U+FFFD, a symbol, and is encoded as such.
        Rune.DecodeFromUtf16(_text[position..], out var rune, out var length);
        next = position + length;
        return KindOf(rune);
    }

    private static Kind KindOf(Rune rune) => rune.Value is '\r' or '\n'
        ? Kind.NewLine
        : Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => Kind.Upper,
            UnicodeCategory.LowercaseLetter => Kind.Lower,
            UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => Kind.Caseless,
            UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => Kind.Mark,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Number,
            _ => Rune.IsWhiteSpace(rune) ? Kind.Space : Kind.Symbol,
        };
}
