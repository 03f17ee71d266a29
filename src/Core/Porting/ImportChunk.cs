using System.IO.Compression;
using System.Text.Json;

namespace Kith.Core.Porting;

/// <summary>Lines of an import that wait for their turn.</summary>
internal sealed record ImportChunk
{
    public const string DocumentType = "importChunk";

    public string Type { get; } = DocumentType;

    /// <summary>Number of the first line.</summary>
    public required long First { get; init; }

    /// <summary>A JSON list of <see cref="ImportLine"/>, compressed.</summary>
    public required byte[] Lines { get; init; }

    public static string IdOf(int number) => $"chunk:{number}";

    public static ImportChunk Of(long first, IReadOnlyList<ImportLine> lines)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            JsonSerializer.Serialize(gzip, lines, DocumentJson.Default.IReadOnlyListImportLine);
        return new ImportChunk { First = first, Lines = packed.ToArray() };
    }

    public IReadOnlyList<ImportLine> Read()
    {
        using var gzip = new GZipStream(new MemoryStream(Lines), CompressionMode.Decompress);
        return JsonSerializer.Deserialize(gzip, DocumentJson.Default.IReadOnlyListImportLine)!;
    }
}
