using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kith.Core.Storage;
using Microsoft.Azure.Cosmos;
using Container = Kith.Core.Storage.Container;

namespace Kith.Azure.Storage;

/// <summary>
/// A document as Cosmos DB holds it: an envelope with what it is found and sorted by, and the body inside, so that no member of a body
/// meets one of Cosmos DB's own (<c>id</c>, <c>ttl</c>, <c>_etag</c>).
/// </summary>
internal static class Item
{
    public const string Id = "id";
    public const string Workspace = "workspace";
    public const string Type = "type";

    /// <summary>Empty text when the body has none: a composite index leaves out what lacks one of its paths.</summary>
    public const string CreatedAt = "createdAt";
    public const string Sequence = "sequence";
    public const string DueAt = "dueAt";

    /// <summary>Names of the batches that wrote the item, see <see cref="ItemTag"/>.</summary>
    public const string Writes = "writes";
    public const string Body = "body";

    /// <summary>The body as JSON text, where <see cref="Body"/> would not come back the same, see <see cref="BodyForm"/>.</summary>
    public const string Exact = "exact";
    public const string ETag = "_etag";
    private const string TimeToLive = "ttl";
    private const int Overhead = 512;

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static PartitionKey Key(Partition partition)
    {
        var key = new PartitionKeyBuilder().Add(partition.Workspace);
        if (partition.Second is not null)
            key.Add(partition.Second);
        if (partition.Third is not null)
            key.Add(partition.Third);
        return key.Build();
    }

    /// <exception cref="ArgumentException">The body has not the form that stores need.</exception>
    public static byte[] Serialise(Partition partition, string id, ReadOnlyMemory<byte> body, TimeSpan? timeToLive, IReadOnlyList<string> writes)
    {
        var columns = DocumentColumns.Of(body);
        var buffer = new MemoryStream(body.Length + Overhead);
        using (var writer = new Utf8JsonWriter(buffer, Plain))
        {
            var levels = CosmosContainer.Of(partition.Container).Levels;
            writer.WriteStartObject();
            writer.WriteString(Id, id);
            writer.WriteString(levels[0], partition.Workspace);
            writer.WriteString(levels[1], partition.Second);
            if (partition.Third is not null)
                writer.WriteString(levels[2], partition.Third);
            writer.WriteString(Type, columns.Type);
            writer.WriteString(CreatedAt, columns.CreatedAt);
            if (columns.Sequence is { } sequence)
                writer.WriteNumber(Sequence, sequence);
            if (columns.DueAt is not null)
                writer.WriteString(DueAt, columns.DueAt);
            if (timeToLive is { } time)
                writer.WriteNumber(TimeToLive, Math.Min(int.MaxValue, Math.Ceiling(time.TotalSeconds)));
            writer.WriteStartArray(Writes);
            foreach (var write in writes)
                writer.WriteStringValue(write);
            writer.WriteEndArray();
            BodyForm.Write(writer, body);
            writer.WriteEndObject();
        }
        return buffer.ToArray();
    }

    /// <summary>The document in an item. Its body is a part of the same memory.</summary>
    public static Document Read(Container container, ReadOnlyMemory<byte> item)
    {
        var levels = CosmosContainer.Of(container).Levels;
        string? id = null, etag = null, workspace = null, second = null, third = null;
        ReadOnlyMemory<byte>? body = null, exact = null;
        var writes = new List<string>();
        var reader = new Utf8JsonReader(item.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (Is(ref reader, Id))
                id = reader.GetString();
            else if (Is(ref reader, ETag))
                etag = reader.GetString();
            else if (Is(ref reader, levels[0]))
                workspace = reader.GetString();
            else if (Is(ref reader, levels[1]))
                second = reader.GetString();
            else if (levels.Count > 2 && Is(ref reader, levels[2]))
                third = reader.GetString();
            else if (Is(ref reader, Writes))
                AddTexts(ref reader, writes);
            else if (Is(ref reader, Body))
                body = Value(ref reader, item);
            else if (Is(ref reader, Exact))
                exact = Encoding.UTF8.GetBytes(reader.GetString()!);
            else
                reader.Skip();
        }
        return new Document(Partition.Of(container, workspace!, second!, third ?? ""), id!, new ItemTag(etag!, writes).ToString(), exact ?? body!.Value);
    }

    /// <summary>The results in an answer to a query: items, or numbers.</summary>
    public static List<ReadOnlyMemory<byte>> Results(ReadOnlyMemory<byte> page)
    {
        var results = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(page.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (!Is(ref reader, "Documents"))
            {
                reader.Skip();
                continue;
            }
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                results.Add(Value(ref reader, page));
        }
        return results;
    }

    /// <summary>Whether the current member has this name; if so, moves to its value.</summary>
    private static bool Is(ref Utf8JsonReader reader, string name) => reader.ValueTextEquals(name) && reader.Read();

    private static void AddTexts(ref Utf8JsonReader reader, List<string> texts)
    {
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            texts.Add(reader.GetString()!);
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> json)
    {
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return json[start..(int)reader.BytesConsumed];
    }
}
