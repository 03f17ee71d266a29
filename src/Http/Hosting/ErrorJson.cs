using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Hosting;

/// <summary>Writes the JSON object that a protocol answers an error with.</summary>
internal static class ErrorJson
{
    private static readonly JsonWriterOptions _options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task WriteAsync(HttpResponse response, int status, string contentType, Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, _options))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = buffer.WrittenCount;
        return response.Body.WriteAsync(buffer.WrittenMemory, response.HttpContext.RequestAborted).AsTask();
    }

    public static void WriteArray(Utf8JsonWriter writer, string name, IReadOnlyList<SchemaError> errors)
    {
        writer.WriteStartArray(name);
        foreach (var error in errors)
            error.WriteTo(writer);
        writer.WriteEndArray();
    }
}
