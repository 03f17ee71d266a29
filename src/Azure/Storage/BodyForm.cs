using System.Text.Json;

namespace Kith.Azure.Storage;

/// <summary>
/// Bodies inside items. Cosmos DB keeps values, not texts: its numbers are doubles, and of equal names it keeps one. A body that this would
/// change is stored as text beside an image of it, which answers every condition that is compiled to SQL as the body itself would.
/// </summary>
internal static class BodyForm
{
    /// <summary>UTF-16 units of a text in an image; longer ones are cut, as they are whole in the text beside it.</summary>
    public const int ImageText = 256;

    /// <summary>Every decimal number of so many digits comes back from a double as it was.</summary>
    private const int Digits = 15;

    private static readonly JsonDocumentOptions NoRepetitions = new() { AllowDuplicateProperties = false };

    /// <param name="body">Valid JSON.</param>
    public static void Write(Utf8JsonWriter writer, ReadOnlyMemory<byte> body)
    {
        writer.WritePropertyName(Item.Body);
        if (Survives(body))
        {
            writer.WriteRawValue(body.Span, skipInputValidation: true);
            return;
        }
        using var document = JsonDocument.Parse(body);
        WriteImage(writer, document.RootElement);
        writer.WriteString(Item.Exact, body.Span);
    }

    private static bool Survives(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, NoRepetitions);
            return Survives(document.RootElement);
        }
        catch (JsonException)
        {
            // Names repeat: the JSON as such was valid.
            return false;
        }
    }

    private static bool Survives(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                return Survives(value.GetRawText());
            case JsonValueKind.Array:
                foreach (var entry in value.EnumerateArray())
                {
                    if (!Survives(entry))
                        return false;
                }
                return true;
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject())
                {
                    if (!Survives(member.Value))
                        return false;
                }
                return true;
            default:
                return true;
        }
    }

    /// <summary>Whether the number is written as everybody writes it: no exponent, no zero at the end of a fraction or before nothing.</summary>
    private static bool Survives(ReadOnlySpan<char> number) =>
        number.Length <= Digits && !number.ContainsAny('e', 'E') && !(number.Contains('.') && number[^1] == '0') && !number.SequenceEqual("-0");

    private static void WriteImage(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                // Of equal names the last one holds.
                foreach (var members in value.EnumerateObject().GroupBy(member => member.Name, StringComparer.Ordinal))
                {
                    writer.WritePropertyName(members.Key);
                    WriteImage(writer, members.Last().Value);
                }
                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var entry in value.EnumerateArray())
                    WriteImage(writer, entry);
                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                writer.WriteNumberValue(Math.Clamp(value.GetDouble(), double.MinValue, double.MaxValue));
                break;
            case JsonValueKind.String when value.GetString() is { Length: > ImageText } text:
                writer.WriteStringValue($"{text.AsSpan(0, char.IsHighSurrogate(text[ImageText - 1]) ? ImageText - 1 : ImageText)}…");
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }
}
