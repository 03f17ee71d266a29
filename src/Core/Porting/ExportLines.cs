using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Storage;

namespace Kith.Core.Porting;

/// <summary>The lines of an export: a header, a document each, now and then a cursor from which reading can go on, and an end.</summary>
internal static class ExportLines
{
    public const string Format = "kith-export";
    public const int Version = 1;

    /// <summary>Text of any script stays readable.</summary>
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> End { get; } = Write(writer => writer.WriteBoolean("end", true));

    public static ReadOnlyMemory<byte> Header(string workspace, string? peer) => Write(writer =>
    {
        writer.WriteString("format", Format);
        writer.WriteNumber("version", Version);
        writer.WriteString("workspace", workspace);
        if (peer is not null)
            writer.WriteString("peer", peer);
    });

    public static ReadOnlyMemory<byte> Of(ExportCursor cursor) => Write(writer => writer.WriteString("cursor", cursor.Encode()));

    public static ReadOnlyMemory<byte> Of(Document document, JsonObject body) => Write(writer =>
    {
        writer.WriteString("at", PlaceOf(document.Partition));
        writer.WriteString("id", document.Id);
        writer.WritePropertyName("document");
        body.WriteTo(writer);
    });

    public static string PlaceOf(Partition partition) =>
        $"{JsonNamingPolicy.CamelCase.ConvertName(partition.Container.ToString())}/{partition.Second}{(partition.Third is null ? "" : $"/{partition.Third}")}";

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Relaxed))
        {
            writer.WriteStartObject();
            members(writer);
            writer.WriteEndObject();
        }

        buffer.Write("\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
