using System.Buffers.Binary;
using System.Text;

namespace Kith.Core.Files.Pdf;

/// <summary>A ToUnicode map: character codes to text (ISO 32000-1 §9.10.3).</summary>
internal sealed class CMap
{
    // Codes are at most two bytes in practice; a range can name no more.
    private const int MaxRange = 0x10000;

    private readonly Dictionary<int, string> _texts = [];

    public string? this[int code] => _texts.GetValueOrDefault(code);

    public static CMap Parse(byte[] data, PdfLimits limits)
    {
        var map = new CMap();
        var lexer = new PdfLexer(data, limits);
        var operands = new List<PdfValue>();
        while (lexer.Read() is { } value)
        {
            switch (value)
            {
                case PdfOperator { Name: "endbfchar" }:
                    foreach (var pair in operands.Chunk(2))
                    {
                        if (pair is [PdfString code, PdfString text])
                            map._texts[Code(code)] = Text(text, 0);
                    }

                    break;
                case PdfOperator { Name: "endbfrange" }:
                    foreach (var range in operands.Chunk(3))
                        map.AddRange(range, limits);
                    break;
                case PdfOperator:
                    break;
                default:
                    operands.Add(value);
                    continue;
            }

            operands.Clear();
        }

        return map;
    }

    private void AddRange(PdfValue[] range, PdfLimits limits)
    {
        if (range is not [PdfString first, PdfString last, var target])
            return;

        var start = Code(first);
        var count = Math.Min((long)Code(last) - start + 1, MaxRange);
        for (var i = 0; i < count; i++)
        {
            limits.SpendValue();
            if (target is PdfString text)
                _texts[start + i] = Text(text, i);
            else if (target is PdfArray { Items: var items } && i < items.Count && items[i] is PdfString item)
                _texts[start + i] = Text(item, 0);
        }
    }

    private static int Code(PdfString code) => code.Bytes.Aggregate(0, (value, next) => unchecked((value << 8) | next) & 0xFFFFFF);

    /// <summary>UTF-16BE text whose last code unit is raised by an offset.</summary>
    private static string Text(PdfString text, int offset)
    {
        var bytes = text.Bytes.Length == 1 ? [0, text.Bytes[0]] : text.Bytes.AsSpan(0, Math.Min(text.Bytes.Length, 64) & ~1).ToArray();
        if (bytes.Length > 0)
        {
            var last = bytes.AsSpan(^2);
            BinaryPrimitives.WriteUInt16BigEndian(last, unchecked((ushort)(BinaryPrimitives.ReadUInt16BigEndian(last) + offset)));
        }

        return Encoding.BigEndianUnicode.GetString(bytes);
    }
}
