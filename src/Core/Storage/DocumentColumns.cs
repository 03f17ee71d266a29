using System.Text.Json;

namespace Kith.Core.Storage;

/// <summary>What stores index of every body; read when it is written.</summary>
/// <param name="CreatedAt">Empty when the body has none, so that keyset pages need not compare nulls.</param>
public readonly record struct DocumentColumns(string Type, string CreatedAt, long? Sequence, string? DueAt)
{
    /// <exception cref="ArgumentException">The body is no JSON object, has no type, or an indexed member has the wrong form.</exception>
    public static DocumentColumns Of(ReadOnlyMemory<byte> body)
    {
        string? type = null, createdAt = null, dueAt = null;
        long? sequence = null;
        try
        {
            var reader = new Utf8JsonReader(body.Span);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                throw new ArgumentException("A body is a JSON object.", nameof(body));
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("type"u8))
                    type = Text(ref reader);
                else if (reader.ValueTextEquals("createdAt"u8))
                    createdAt = Time(ref reader);
                else if (reader.ValueTextEquals("dueAt"u8))
                    dueAt = Time(ref reader);
                else if (reader.ValueTextEquals("sequence"u8))
                    sequence = Number(ref reader);
                else
                    reader.Skip();
            }
            // Anything after the object throws here.
            reader.Read();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw new ArgumentException("A body is a JSON object whose type, createdAt, sequence and dueAt have their documented forms.", nameof(body), exception);
        }
        return new DocumentColumns(
            string.IsNullOrEmpty(type) ? throw new ArgumentException("A body has a type.", nameof(body)) : type, createdAt ?? "", sequence, dueAt);
    }

    private static string? Text(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.GetString();
    }

    private static string? Time(ref Utf8JsonReader reader)
    {
        var text = Text(ref reader);
        if (text is not null)
            _ = Timestamp.Parse(text);
        return text;
    }

    private static long? Number(ref Utf8JsonReader reader)
    {
        reader.Read();
        return reader.TokenType == JsonTokenType.Null ? null : reader.GetInt64();
    }
}
