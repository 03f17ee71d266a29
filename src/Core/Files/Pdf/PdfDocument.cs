namespace Kith.Core.Files.Pdf;

/// <summary>
/// The objects of a file, found by reading it from start to end. Later definitions replace earlier ones, as incremental
/// updates intend; that needs neither cross-reference tables nor streams, which are wrong in many real files.
/// </summary>
internal sealed class PdfDocument
{
    private readonly Dictionary<int, (int Position, PdfValue Value)> _objects = [];
    private readonly List<(int Position, PdfStream Stream)> _objectStreams = [];
    private readonly PdfLimits _limits;
    private PdfValue? _root;

    private PdfDocument(PdfLimits limits) => _limits = limits;

    public PdfLimits Limits => _limits;

    public static PdfDocument Load(ReadOnlyMemory<byte> file, PdfLimits limits)
    {
        var header = file.Span[..Math.Min(file.Length, 1024)].IndexOf("%PDF-"u8);
        if (header < 0)
            throw PdfLimits.Invalid("The file is not a PDF");
        if (file.Span.LastIndexOf("startxref"u8) < 0)
            throw PdfLimits.Damaged();

        var document = new PdfDocument(limits);
        document.ReadObjects(file, header);

        // Afterwards, because only a trailer tells whether they are encrypted.
        foreach (var (position, stream) in document._objectStreams)
            document.ReadObjectStream(position, stream);
        return document;
    }

    /// <summary>The object that a value stands for: references are followed, a missing object is null.</summary>
    public PdfValue? Resolve(PdfValue? value)
    {
        for (var hops = 0; value is PdfReference reference; hops++)
            value = hops < PdfLimits.MaxDepth ? _objects.GetValueOrDefault(reference.Number).Value : null;
        return value;
    }

    public PdfDictionary? Dictionary(PdfValue? value) => Resolve(value) switch
    {
        PdfDictionary dictionary => dictionary,
        PdfStream stream => stream.Dictionary,
        _ => null,
    };

    public IReadOnlyList<PdfValue> Array(PdfValue? value) => Resolve(value) is PdfArray array ? array.Items : [];

    public string? Name(PdfValue? value) => (Resolve(value) as PdfName)?.Value;

    public double Number(PdfValue? value, double otherwise) => Resolve(value) is PdfNumber number ? number.Value : otherwise;

    public byte[] Decode(PdfStream stream) => StreamFilters.Decode(stream, this);

    /// <summary>The pages in order, each with the resources that it inherits.</summary>
    public List<PdfPage> Pages()
    {
        var pages = new List<PdfPage>();
        AddPages(Dictionary(Dictionary(_root)?["Pages"]) ?? throw PdfLimits.Damaged(), inherited: null, pages, depth: 0);
        return pages;
    }

    private void AddPages(PdfDictionary node, PdfValue? inherited, List<PdfPage> pages, int depth)
    {
        if (depth > PdfLimits.MaxDepth || pages.Count >= PdfLimits.MaxPages)
            throw PdfLimits.TooComplex();

        _limits.SpendOperator();
        var resources = node["Resources"] ?? inherited;
        if (Name(node["Type"]) != "Pages" && node["Kids"] is null)
        {
            pages.Add(new PdfPage(node, Dictionary(resources)));
            return;
        }

        foreach (var kid in Array(node["Kids"]))
            AddPages(Dictionary(kid) ?? throw PdfLimits.Damaged(), resources, pages, depth + 1);
    }

    private void ReadObjects(ReadOnlyMemory<byte> file, int start)
    {
        var lexer = new PdfLexer(file, _limits) { Position = start };
        PdfValue? beforeLast = null;
        PdfValue? last = null;
        while (lexer.Read() is { } value)
        {
            if (value is PdfOperator { Name: "obj" } && beforeLast is PdfNumber number)
            {
                var position = lexer.Position;
                value = ReadBody(file, lexer) ?? throw PdfLimits.Damaged();
                Define(number.Int, position, value);
            }
            else if (last is PdfOperator { Name: "trailer" } && value is PdfDictionary trailer)
                ReadTrailer(trailer);
            (beforeLast, last) = (last, value);
        }
    }

    private void Define(int number, int position, PdfValue value)
    {
        if (!_objects.TryGetValue(number, out var known) || known.Position <= position)
            _objects[number] = (position, value);
    }

    private PdfValue? ReadBody(ReadOnlyMemory<byte> file, PdfLexer lexer)
    {
        var body = lexer.Read();
        if (body is not PdfDictionary dictionary)
            return body;

        var afterDictionary = lexer.Position;
        if (lexer.Read() is not PdfOperator { Name: "stream" })
        {
            lexer.Position = afterDictionary;
            return body;
        }

        var stream = new PdfStream(dictionary, StreamData(file, lexer, dictionary));
        switch (Name(dictionary["Type"]))
        {
            case "XRef":
                ReadTrailer(dictionary);
                break;
            case "ObjStm":
                _objectStreams.Add((lexer.Position, stream));
                break;
        }

        return stream;
    }

    private ReadOnlyMemory<byte> StreamData(ReadOnlyMemory<byte> file, PdfLexer lexer, PdfDictionary dictionary)
    {
        var start = lexer.Position;
        if (start < file.Length && file.Span[start] == '\r')
            start++;
        if (start < file.Length && file.Span[start] == '\n')
            start++;

        // A wrong length is common; one that points right before "endstream" is right.
        var length = (long)Math.Clamp(Number(dictionary["Length"], -1), -1, int.MaxValue);
        if (length < 0 || start + length > file.Length || !Following(file.Span, start + (int)length).TrimStart(" \r\n"u8).StartsWith("endstream"u8))
        {
            length = file.Span[start..].IndexOf("endstream"u8);
            if (length < 0)
                throw PdfLimits.Damaged();
        }

        lexer.Position = start + (int)length;
        return file.Slice(start, (int)length);
    }

    // The length bounds the cost of files with many streams that all point into one run of spaces.
    private static ReadOnlySpan<byte> Following(ReadOnlySpan<byte> file, int position) =>
        file.Slice(position, Math.Min(32, file.Length - position));

    private void ReadObjectStream(int position, PdfStream stream)
    {
        var data = Decode(stream);
        var header = new PdfLexer(data, _limits);
        var first = (int)Math.Clamp(Number(stream.Dictionary["First"], 0), 0, data.Length);
        var count = Number(stream.Dictionary["N"], 0);
        for (var i = 0; i < count && header.Read() is PdfNumber number && header.Read() is PdfNumber offset; i++)
        {
            var body = new PdfLexer(data, _limits) { Position = (int)Math.Clamp((long)first + offset.Int, 0, data.Length) };
            if (body.Read() is { } value)
                Define(number.Int, position, value);
        }
    }

    private void ReadTrailer(PdfDictionary trailer)
    {
        if (trailer["Encrypt"] is not null)
            throw PdfLimits.Invalid("The PDF is encrypted");
        _root = trailer["Root"] ?? _root;
    }
}

internal sealed record PdfPage(PdfDictionary Dictionary, PdfDictionary? Resources);
