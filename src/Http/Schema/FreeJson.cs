using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kith.Http.Schema;

/// <summary>JSON that clients may fill as they like: metadata and configuration.</summary>
internal static class FreeJson
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonElement EmptyObject { get; } = JsonElement.Parse("{}");

    /// <summary>A copy without NUL characters and with the last of several members of one name (spec honcho-api §2.2).</summary>
    public static JsonElement Clean(JsonElement element)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            Write(writer, element);
        return JsonElement.Parse(buffer.WrittenSpan);
    }

    /// <summary>Levels of objects within each other; lists do not count.</summary>
    public static int ObjectDepth(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => 1 + element.EnumerateObject().Select(member => ObjectDepth(member.Value)).DefaultIfEmpty().Max(),
        JsonValueKind.Array => element.EnumerateArray().Select(ObjectDepth).DefaultIfEmpty().Max(),
        _ => 0,
    };

    /// <summary>Numbers such as 1e999 are JSON, but no store keeps or compares them.</summary>
    public static bool HasUnusableNumber(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Any(member => HasUnusableNumber(member.Value)),
        JsonValueKind.Array => element.EnumerateArray().Any(HasUnusableNumber),
        JsonValueKind.Number => !double.IsFinite(element.GetDouble()),
        _ => false,
    };

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var (name, value) in LastMembers(element))
                {
                    writer.WritePropertyName(name);
                    Write(writer, value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(WithoutNul(element.GetString()!));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }

    private static OrderedDictionary<string, JsonElement> LastMembers(JsonElement element)
    {
        var members = new OrderedDictionary<string, JsonElement>();
        foreach (var member in element.EnumerateObject())
            members[WithoutNul(member.Name)] = member.Value;
        return members;
    }

    private static string WithoutNul(string text) => text.Replace("\0", "", StringComparison.Ordinal);
}
