using System.Globalization;
using System.Text;

namespace Kith.Core.Files.Pdf;

/// <summary>Reads objects one after the other from a file, an object stream, a content stream or a CMap (ISO 32000-1 §7.2).</summary>
internal sealed class PdfLexer(ReadOnlyMemory<byte> data, PdfLimits limits)
{
    private static readonly PdfOperator CloseArray = new("]");
    private static readonly PdfOperator CloseDictionary = new(">>");

    public int Position { get; set; }

    private ReadOnlySpan<byte> Data => data.Span;

    /// <summary>The next object or keyword; null at the end. References are recognised.</summary>
    public PdfValue? Read()
    {
        var start = Position;
        var value = Read(depth: 0);
        limits.SpendReadBytes(Position - start);
        return value;
    }

    public static bool IsSpace(byte value) => value is 0 or 9 or 10 or 12 or 13 or 32;

    private static bool IsDelimiter(byte value) => value is (byte)'(' or (byte)')' or (byte)'<' or (byte)'>' or (byte)'['
        or (byte)']' or (byte)'{' or (byte)'}' or (byte)'/' or (byte)'%';

    private PdfValue? Read(int depth)
    {
        SkipSpace();
        if (Position >= Data.Length)
            return null;
        if (depth > PdfLimits.MaxDepth)
            throw PdfLimits.TooComplex();

        limits.SpendValue();
        var first = Data[Position];
        switch (first)
        {
            case (byte)'/':
                Position++;
                return new PdfName(Name());
            case (byte)'(':
                Position++;
                return new PdfString(LiteralString());
            case (byte)'[':
                Position++;
                return new PdfArray(ReadUntil(CloseArray, depth));
            case (byte)'<' when Peek(1) == '<':
                Position += 2;
                return Dictionary(ReadUntil(CloseDictionary, depth));
            case (byte)'<':
                Position++;
                return new PdfString(HexString());
            case (byte)']':
                Position++;
                return CloseArray;
            case (byte)'>' when Peek(1) == '>':
                Position += 2;
                return CloseDictionary;
            case (byte)')' or (byte)'>' or (byte)'{' or (byte)'}':
                Position++;
                return new PdfOperator(((char)first).ToString());
            default:
                var word = Word();
                return Number(word) is { } number ? ReferenceOr(number) : new PdfOperator(Encoding.Latin1.GetString(word));
        }
    }

    private List<PdfValue> ReadUntil(PdfOperator close, int depth)
    {
        var items = new List<PdfValue>();
        while (Read(depth + 1) is { } item && !ReferenceEquals(item, close))
            items.Add(item);
        return items;
    }

    private static PdfDictionary Dictionary(List<PdfValue> items)
    {
        var entries = new Dictionary<string, PdfValue>();
        for (var i = 0; i + 1 < items.Count; i += 2)
        {
            if (items[i] is PdfName key)
                entries[key.Value] = items[i + 1];
        }

        return new PdfDictionary(entries);
    }

    private PdfValue ReferenceOr(PdfNumber number)
    {
        var position = Position;
        SkipSpace();
        if (Position > position && Number(Word()) is not null)
        {
            SkipSpace();
            if (Word() is [(byte)'R'])
                return new PdfReference(number.Int);
        }

        Position = position;
        return number;
    }

    private static PdfNumber? Number(ReadOnlySpan<byte> word) =>
        word.Length is > 0 and < 32 && word[0] is (>= (byte)'0' and <= (byte)'9') or (byte)'+' or (byte)'-' or (byte)'.'
        && double.TryParse(word, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? new PdfNumber(value)
            : null;

    private ReadOnlySpan<byte> Word()
    {
        var start = Position;
        while (Position < Data.Length && !IsSpace(Data[Position]) && !IsDelimiter(Data[Position]))
            Position++;
        return Data[start..Position];
    }

    private string Name()
    {
        var word = Word();
        if (!word.Contains((byte)'#'))
            return Encoding.Latin1.GetString(word);

        var name = new StringBuilder();
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '#' && i + 2 < word.Length && HexDigit(word[i + 1]) is var high and >= 0 && HexDigit(word[i + 2]) is var low and >= 0)
            {
                name.Append((char)((high << 4) | low));
                i += 2;
            }
            else
            {
                name.Append((char)word[i]);
            }
        }

        return name.ToString();
    }

    private byte[] HexString()
    {
        var bytes = new List<byte>();
        var high = -1;
        while (Position < Data.Length && Data[Position++] is var value && value != '>')
        {
            var digit = HexDigit(value);
            if (digit < 0)
                continue;
            if (high < 0)
            {
                high = digit;
                continue;
            }

            bytes.Add((byte)((high << 4) | digit));
            high = -1;
        }

        if (high >= 0)
            bytes.Add((byte)(high << 4));
        return [.. bytes];
    }

    private static int HexDigit(byte value) => char.IsAsciiHexDigit((char)value) ? Convert.ToInt32(((char)value).ToString(), 16) : -1;

    private byte[] LiteralString()
    {
        var bytes = new List<byte>();
        for (var open = 1; Position < Data.Length;)
        {
            var value = Data[Position++];
            if (value == '\\')
            {
                Escape(bytes);
                continue;
            }

            open += value == '(' ? 1 : value == ')' ? -1 : 0;
            if (open == 0)
                break;
            bytes.Add(value);
        }

        return [.. bytes];
    }

    private void Escape(List<byte> bytes)
    {
        if (Position >= Data.Length)
            return;

        var value = Data[Position++];
        switch (value)
        {
            case (byte)'n': bytes.Add(10); break;
            case (byte)'r': bytes.Add(13); break;
            case (byte)'t': bytes.Add(9); break;
            case (byte)'b': bytes.Add(8); break;
            case (byte)'f': bytes.Add(12); break;
            case (byte)'\n': break;
            case (byte)'\r':
                if (Peek(0) == '\n')
                    Position++;
                break;
            case >= (byte)'0' and <= (byte)'7':
                var code = value - '0';
                for (var i = 0; i < 2 && Peek(0) is >= '0' and <= '7' and var digit; i++, Position++)
                    code = (code * 8) + digit - '0';
                bytes.Add((byte)code);
                break;
            default: bytes.Add(value); break;
        }
    }

    private void SkipSpace()
    {
        for (; Position < Data.Length; Position++)
        {
            if (Data[Position] == '%')
                Position += Data[Position..].IndexOfAny((byte)'\r', (byte)'\n') is var end and >= 0 ? end : Data.Length - Position - 1;
            else if (!IsSpace(Data[Position]))
                return;
        }
    }

    private int Peek(int offset) => Position + offset < Data.Length ? Data[Position + offset] : -1;
}
