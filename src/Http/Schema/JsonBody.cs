using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Unicode;
using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Kith.Http.Schema;

/// <summary>Reads the body of a request as JSON.</summary>
internal static class JsonBody
{
    /// <summary>Leaves room for what stores and answers put around it below the reader's default of 64.</summary>
    private const int MaxDepth = 60;

    private static ReadOnlySpan<byte> Utf8Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Null for an empty body. A body that does not claim to be JSON is returned as text, which no schema accepts.</summary>
    /// <exception cref="SchemaException">Not JSON.</exception>
    /// <exception cref="BadHttpRequestException">Too large.</exception>
    public static async Task<JsonElement?> ReadAsync(HttpRequest request)
    {
        var bytes = await ReadBytesAsync(request);
        if (bytes.Length == 0)
            return null;
        if (!IsJson(request.ContentType))
            return JsonSerializer.SerializeToElement(Encoding.UTF8.GetString(bytes.Span));
        return Parse(bytes.Span);
    }

    /// <exception cref="SchemaException">Not JSON.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.StartsWith(Utf8Mark))
            utf8 = utf8[Utf8Mark.Length..];
        if (!Utf8.IsValid(utf8))
            throw Malformed(0, "Body is not valid UTF-8");
        try
        {
            var element = JsonElement.Parse(utf8, new JsonDocumentOptions { MaxDepth = MaxDepth });
            RefuseLoneSurrogates(utf8);
            return element;
        }
        catch (JsonException)
        {
            var (offset, reason) = JsonFault.Find(utf8, MaxDepth);
            throw Malformed(Encoding.UTF8.GetCharCount(utf8[..offset]), reason);
        }
    }

    public static async Task<ReadOnlyMemory<byte>> ReadBytesAsync(HttpRequest request)
    {
        if (request.ContentLength > KithPipeline.MaxBodyBytes)
            throw TooLarge();
        var buffer = new MemoryStream((int)(request.ContentLength ?? 0));
        var chunk = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, request.HttpContext.RequestAborted)) > 0)
        {
            if (buffer.Length + read > KithPipeline.MaxBodyBytes)
                throw TooLarge();
            buffer.Write(chunk, 0, read);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static bool IsJson(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
        && type.Type.Equals("application", StringComparison.OrdinalIgnoreCase)
        && (type.SubType.Equals("json", StringComparison.OrdinalIgnoreCase) || type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase));

    /// <summary>Half a surrogate pair is valid JSON, but no text: it could be neither stored nor sent back.</summary>
    private static void RefuseLoneSurrogates(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IndexOf("\\ud"u8) < 0 && utf8.IndexOf("\\uD"u8) < 0)
            return;
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is not (JsonTokenType.String or JsonTokenType.PropertyName) || !reader.ValueIsEscaped)
                continue;
            try
            {
                reader.GetString();
            }
            catch (InvalidOperationException)
            {
                throw Malformed(Encoding.UTF8.GetCharCount(utf8[..(int)reader.TokenStartIndex]), "Unpaired surrogate in string starting at");
            }
        }
    }

    private static SchemaException Malformed(int offset, string reason) => new(new SchemaError(
        "json_invalid", Location.Body.At(offset), "JSON decode error", FreeJson.EmptyObject, new JsonObject { ["error"] = reason }));

    private static BadHttpRequestException TooLarge() => new("Request body too large", StatusCodes.Status413PayloadTooLarge);
}
