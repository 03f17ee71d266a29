using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Kith.Core.Tests.Files;

/// <summary>Writes small PDF files, object by object; the texts are Latin-1.</summary>
internal sealed class PdfBuilder
{
    private readonly SortedDictionary<int, byte[]> _objects = [];

    public PdfBuilder Object(int number, string body)
    {
        _objects[number] = Encoding.Latin1.GetBytes(body);
        return this;
    }

    public PdfBuilder Stream(int number, string entries, byte[] data)
    {
        var head = string.Create(CultureInfo.InvariantCulture, $"<< {entries} /Length {data.Length} >>\nstream\n");
        _objects[number] = [.. Encoding.Latin1.GetBytes(head), .. data, .. "\nendstream"u8];
        return this;
    }

    public PdfBuilder Stream(int number, string content) => Stream(number, "", Encoding.Latin1.GetBytes(content));

    /// <summary>One page (object 3) with a content stream (object 4) and the font F1 (object 5).</summary>
    public static PdfBuilder OnePage(string content, string font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>") => new PdfBuilder()
        .Object(1, "<< /Type /Catalog /Pages 2 0 R >>")
        .Object(2, "<< /Type /Pages /Kids [3 0 R] /Count 1 /Resources << /Font << /F1 5 0 R >> /XObject << /X1 6 0 R >> >> >>")
        .Object(3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>")
        .Stream(4, content)
        .Object(5, font);

    public byte[] Build(string trailer = "/Root 1 0 R")
    {
        var file = new MemoryStream();
        file.Write("%PDF-1.7\n%\xe2\xe3\n"u8);
        foreach (var (number, body) in _objects)
            Write(file, number, body);
        file.Write(Encoding.Latin1.GetBytes($"trailer\n<< {trailer} >>\nstartxref\n0\n%%EOF\n"));
        return file.ToArray();
    }

    /// <summary>The same file with everything but streams in an object stream, and a cross-reference stream with a predictor.</summary>
    public byte[] BuildWithObjectStream()
    {
        var plain = _objects.Where(entry => !entry.Value.AsSpan().EndsWith("endstream"u8)).ToList();
        var (header, bodies) = (new StringBuilder(), new MemoryStream());
        foreach (var (number, body) in plain)
        {
            header.Append(CultureInfo.InvariantCulture, $"{number} {bodies.Length} ");
            bodies.Write([.. body, (byte)'\n']);
        }

        var packed = new PdfBuilder();
        foreach (var entry in _objects.Where(entry => !plain.Contains(entry)))
            packed._objects.Add(entry.Key, entry.Value);
        var data = Predict([.. Encoding.Latin1.GetBytes(header.ToString()), .. bodies.ToArray()], 7);
        packed.Stream(90, $"/Type /ObjStm /N {plain.Count} /First {header.Length} /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 7 >>", Deflate(data));
        packed.Stream(91, "/Type /XRef /Root 1 0 R /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 4 >>", Deflate(Predict(new byte[40], 4)));

        var file = new MemoryStream();
        file.Write("%PDF-1.7\n"u8);
        foreach (var (number, body) in packed._objects)
            Write(file, number, body);
        file.Write("startxref\n0\n%%EOF\n"u8);
        return file.ToArray();
    }

    public static byte[] Deflate(byte[] data)
    {
        var output = new MemoryStream();
        using (var zlib = new ZLibStream(output, CompressionLevel.Optimal))
            zlib.Write(data);
        return output.ToArray();
    }

    /// <summary>PNG predictor "up"; the last row is filled with spaces.</summary>
    private static byte[] Predict(byte[] data, int columns)
    {
        var rows = data.Concat(Enumerable.Repeat((byte)' ', (columns - (data.Length % columns)) % columns)).Chunk(columns).ToList();
        return [.. rows.SelectMany((row, r) => row.Select((value, c) => (byte)(value - (r > 0 ? rows[r - 1][c] : 0))).Prepend((byte)2))];
    }

    private static void Write(MemoryStream file, int number, byte[] body) =>
        file.Write([.. Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number} 0 obj\n")), .. body, .. "\nendobj\n"u8]);
}
