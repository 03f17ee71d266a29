using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kith.Http.Retries;

/// <summary>What a request asks for, whatever the order of its members and the space between them.</summary>
/// <param name="Hash">Its SHA-256, which may be stored.</param>
/// <param name="Secret">Another hash, which nobody can tell from the first one.</param>
internal sealed record CanonicalHash(string Hash, string Secret)
{
    private static readonly JsonWriterOptions _compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="query">As it was sent.</param>
    public static CanonicalHash Of(string query, JsonElement? body)
    {
        using var buffer = new MemoryStream();
        buffer.Write(Encoding.UTF8.GetBytes(query));
        buffer.WriteByte((byte)'\n');
        if (body is { } json)
        {
            using var writer = new Utf8JsonWriter(buffer, _compact);
            Write(writer, json);
        }

        return Of(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>Of a body of another kind, byte for byte.</summary>
    public static CanonicalHash Of(string query, ReadOnlySpan<byte> body) => Of([.. Encoding.UTF8.GetBytes(query), (byte)'\n', .. body]);

    private static CanonicalHash Of(ReadOnlySpan<byte> bytes) => new(Convert.ToHexString(SHA256.HashData(bytes)), Convert.ToHexString(SHA512.HashData(bytes)));

    private static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                    Write(writer, item);
                writer.WriteEndArray();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
