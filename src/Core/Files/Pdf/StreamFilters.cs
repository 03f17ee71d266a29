using System.IO.Compression;

namespace Kith.Core.Files.Pdf;

/// <summary>Undoes the filters of a stream that may hold text (ISO 32000-1 §7.4). Every decoded byte counts against the limits.</summary>
internal static class StreamFilters
{
    public static byte[] Decode(PdfStream stream, PdfDocument document)
    {
        var names = List(stream.Dictionary["Filter"] ?? stream.Dictionary["F"], document);
        var parameters = List(stream.Dictionary["DecodeParms"] ?? stream.Dictionary["DP"], document);
        if (names.Count > 8)
            throw PdfLimits.TooComplex();

        var data = stream.Data.ToArray();
        document.Limits.SpendStreamBytes(data.Length);
        for (var i = 0; i < names.Count; i++)
        {
            var settings = i < parameters.Count ? document.Dictionary(parameters[i]) : null;
            data = document.Name(names[i]) switch
            {
                "FlateDecode" or "Fl" => Unpredict(Inflate(data, document.Limits), settings, document),
                "LZWDecode" or "LZW" => Unpredict(Lzw(data, document.Number(settings?["EarlyChange"], 1) != 0 ? 1 : 0, document.Limits), settings, document),
                "ASCII85Decode" or "A85" => Ascii85(data, document.Limits),
                "ASCIIHexDecode" or "AHx" => AsciiHex(data),
                "RunLengthDecode" or "RL" => RunLength(data, document.Limits),
                _ => throw PdfLimits.Invalid("The PDF compresses text in a way that is not supported"),
            };
        }

        return data;
    }

    private static IReadOnlyList<PdfValue> List(PdfValue? value, PdfDocument document) => document.Resolve(value) switch
    {
        null => [],
        PdfArray array => array.Items,
        { } single => [single],
    };

    private static byte[] Inflate(byte[] data, PdfLimits limits)
    {
        if (data.Length < 2)
            return [];

        // Without the zlib header and so without its checksum, which is wrong in many files that everyone else reads.
        using var deflate = new DeflateStream(new MemoryStream(data, 2, data.Length - 2), CompressionMode.Decompress);
        using var output = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = deflate.Read(buffer)) > 0; output.Write(buffer, 0, read))
                limits.SpendStreamBytes(read);
        }
        catch (InvalidDataException)
        {
            throw PdfLimits.Damaged();
        }

        return output.ToArray();
    }

    private static byte[] Unpredict(byte[] data, PdfDictionary? settings, PdfDocument document)
    {
        var predictor = document.Number(settings?["Predictor"], 1);
        if (predictor < 10)
            return predictor < 2 ? data : throw PdfLimits.Invalid("The PDF compresses text in a way that is not supported");

        var colors = (int)Math.Clamp(document.Number(settings?["Colors"], 1), 1, 32);
        var bits = (int)Math.Clamp(document.Number(settings?["BitsPerComponent"], 8), 1, 16);
        var columns = (int)Math.Clamp(document.Number(settings?["Columns"], 1), 1, 1 << 20);
        var pixel = Math.Max(1, colors * bits / 8);
        var row = ((colors * bits * columns) + 7) / 8;

        var rows = data.Length / (row + 1);
        var output = new byte[rows * row];
        var above = new byte[row];
        for (var r = 0; r < rows; r++)
        {
            var kind = data[r * (row + 1)];
            var source = data.AsSpan((r * (row + 1)) + 1, row);
            var target = output.AsSpan(r * row, row);
            for (var i = 0; i < row; i++)
            {
                int left = i >= pixel ? target[i - pixel] : 0;
                int up = above[i];
                int corner = i >= pixel ? above[i - pixel] : 0;
                target[i] = (byte)(source[i] + kind switch
                {
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => 0,
                });
            }

            target.CopyTo(above);
        }

        return output;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (byLeft, byUp, byCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
    }

    private static byte[] Lzw(byte[] data, int earlyChange, PdfLimits limits)
    {
        const int Clear = 256;
        const int End = 257;
        var output = new List<byte>();

        // An entry is a range of the output: the string of the code before, and the byte that followed it.
        var table = new (int Start, int Length)[4096];
        var (next, width, previous) = (End + 1, 9, (Start: 0, Length: 0));
        var (bits, available) = (0, 0);
        foreach (var value in data)
        {
            (bits, available) = ((bits << 8) | value, available + 8);
            if (available < width)
                continue;

            available -= width;
            var code = bits >> available;
            bits &= (1 << available) - 1;
            if (code == End)
                break;
            if (code == Clear)
            {
                (next, width, previous) = (End + 1, 9, (0, 0));
                continue;
            }

            if (code > next || (code == next && previous.Length == 0))
                throw PdfLimits.Damaged();
            if (previous.Length > 0 && next < table.Length)
                table[next++] = (previous.Start, previous.Length + 1);

            var start = output.Count;
            var (from, length) = code < Clear ? (start, 1) : table[code];
            limits.SpendStreamBytes(length);
            if (code < Clear)
                output.Add((byte)code);
            else
            {
                for (var i = 0; i < length; i++)
                    output.Add(output[from + i]);
            }

            previous = (start, length);
            width = (next + earlyChange) switch { >= 2048 => 12, >= 1024 => 11, >= 512 => 10, _ => 9 };
        }

        return [.. output];
    }

    private static byte[] Ascii85(byte[] data, PdfLimits limits)
    {
        var output = new List<byte>(data.Length);
        var (group, count) = (0u, 0);
        foreach (var value in data)
        {
            if (value == '~')
                break;
            if (value == 'z' && count == 0)
            {
                limits.SpendStreamBytes(4);
                output.AddRange([0, 0, 0, 0]);
            }
            else if (value is >= (byte)'!' and <= (byte)'u')
            {
                group = unchecked((group * 85) + value - '!');
                if (++count == 5)
                {
                    AddBytes(4);
                    (group, count) = (0, 0);
                }
            }
        }

        if (count > 1)
        {
            for (var i = count; i < 5; i++)
                group = unchecked((group * 85) + 84);
            AddBytes(count - 1);
        }

        return [.. output];

        void AddBytes(int bytes)
        {
            for (var i = 0; i < bytes; i++)
                output.Add((byte)(group >> (24 - (8 * i))));
        }
    }

    private static byte[] AsciiHex(byte[] data)
    {
        var digits = data.TakeWhile(value => value != '>').Where(value => char.IsAsciiHexDigit((char)value)).Select(value => (char)value).ToList();
        if (digits.Count % 2 == 1)
            digits.Add('0');
        return Convert.FromHexString([.. digits]);
    }

    private static byte[] RunLength(byte[] data, PdfLimits limits)
    {
        var output = new List<byte>();
        for (var i = 0; i + 1 < data.Length && data[i] != 128;)
        {
            var repeated = data[i] > 128;
            var length = repeated ? 257 - data[i] : Math.Min(data[i] + 1, data.Length - i - 1);
            limits.SpendStreamBytes(length);
            output.AddRange(repeated ? Enumerable.Repeat(data[i + 1], length) : data.AsSpan(i + 1, length).ToArray());
            i += repeated ? 2 : length + 1;
        }

        return [.. output];
    }
}
