namespace Kith.Core.Files.Pdf;

/// <summary>What a string shown in a font says, and how wide it is.</summary>
internal sealed class PdfFont
{
    private const double UnknownWidth = 500;

    // Helvetica from space to tilde, for the standard fonts, whose files carry no widths.
    private static readonly short[] StandardWidths =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556,
        556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
        667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278, 556,
        556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    private readonly bool _composite;
    private readonly CMap? _toUnicode;
    private readonly string?[] _encoding = new string?[256];
    private readonly Dictionary<int, double> _widths = [];
    private readonly double _defaultWidth = UnknownWidth;
    private readonly double _unitsPerText = 0.001;

    public PdfFont(PdfDictionary font, PdfDocument document)
    {
        document.Limits.SpendFont();
        _composite = document.Name(font["Subtype"]) == "Type0";
        if (document.Resolve(font["ToUnicode"]) is PdfStream map)
            _toUnicode = CMap.Parse(document.Decode(map), document.Limits);

        if (_composite)
        {
            var descendant = document.Array(font["DescendantFonts"]) is [var only, ..] ? document.Dictionary(only) : null;
            _defaultWidth = document.Number(descendant?["DW"], 1000);
            ReadCompositeWidths(document.Array(descendant?["W"]), document);
            return;
        }

        ReadEncoding(font, document);
        if (document.Name(font["Subtype"]) == "Type3" && document.Array(font["FontMatrix"]) is [var scale, ..])
            _unitsPerText = document.Number(scale, _unitsPerText);

        var first = (int)Math.Clamp(document.Number(font["FirstChar"], 0), 0, 255);
        var widths = document.Array(font["Widths"]);
        for (var i = 0; i < widths.Count && first + i < 256; i++)
            _widths[first + i] = document.Number(widths[i], UnknownWidth);
        for (var i = 0; widths.Count == 0 && i < StandardWidths.Length; i++)
            _widths[' ' + i] = document.Name(font["BaseFont"])?.Contains("Courier", StringComparison.Ordinal) == true ? 600 : StandardWidths[i];
    }

    /// <summary>The characters of a string: text, width in text units for size 1, and whether word spacing applies.</summary>
    public IEnumerable<(string Text, double Width, bool IsSpace)> Read(byte[] text)
    {
        if (_composite)
        {
            for (var i = 0; i + 1 < text.Length; i += 2)
            {
                var code = (text[i] << 8) | text[i + 1];
                yield return (_toUnicode?[code] ?? "", _widths.GetValueOrDefault(code, _defaultWidth) * _unitsPerText, false);
            }
        }
        else
        {
            foreach (var code in text)
                yield return (_toUnicode?[code] ?? _encoding[code] ?? "", _widths.GetValueOrDefault(code, _defaultWidth) * _unitsPerText, code == ' ');
        }
    }

    private void ReadEncoding(PdfDictionary font, PdfDocument document)
    {
        var encoding = document.Resolve(font["Encoding"]);
        var name = document.Name(encoding) ?? document.Name((encoding as PdfDictionary)?["BaseEncoding"])
            ?? (document.Name(font["Subtype"]) == "TrueType" ? "WinAnsiEncoding" : null);
        for (var code = 0; code < 256; code++)
            _encoding[code] = PdfEncodings.Character(name, (byte)code);

        var next = 0;
        foreach (var item in document.Array((encoding as PdfDictionary)?["Differences"]))
        {
            if (document.Resolve(item) is PdfNumber number)
                next = number.Int;
            else if (document.Name(item) is { } glyph && next is >= 0 and < 256)
                _encoding[next++] = PdfEncodings.Glyph(glyph);
        }
    }

    /// <summary>Reads <c>first [w w w]</c> and <c>first last w</c> (ISO 32000-1 §9.7.4.3).</summary>
    private void ReadCompositeWidths(IReadOnlyList<PdfValue> items, PdfDocument document)
    {
        for (var i = 0; i + 1 < items.Count;)
        {
            var first = (int)Math.Clamp(document.Number(items[i], 0), 0, ushort.MaxValue);
            if (document.Resolve(items[i + 1]) is PdfArray list)
            {
                for (var j = 0; j < list.Items.Count && first + j <= ushort.MaxValue; j++)
                    _widths[first + j] = document.Number(list.Items[j], _defaultWidth);
                i += 2;
                continue;
            }

            var last = Math.Min(document.Number(items[i + 1], 0), ushort.MaxValue);
            for (var code = first; i + 2 < items.Count && code <= last; code++)
            {
                document.Limits.SpendValue();
                _widths[code] = document.Number(items[i + 2], _defaultWidth);
            }

            i += 3;
        }
    }
}
