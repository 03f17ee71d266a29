using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>
/// Values of Cosmos DB's query language: null, bool, double, string, JSON arrays and objects (as elements, or as lists and dictionaries that a query makes),
/// and undefined, which is what an absent member is and what operators make of operands that they do not take.
/// </summary>
internal static class SqlValue
{
    public static readonly object Undefined = new();

    public static object? Of(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Undefined => Undefined,
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetDouble(),
        JsonValueKind.String => element.GetString(),
        _ => element,
    };

    public static object? Member(object? value, object? name) => (value, name) switch
    {
        (JsonElement { ValueKind: JsonValueKind.Object } element, string text) => element.TryGetProperty(text, out var member) ? Of(member) : Undefined,
        (JsonElement { ValueKind: JsonValueKind.Array } element, double index) when index >= 0 && index < element.GetArrayLength() && index % 1 == 0 => Of(element[(int)index]),
        _ => Undefined,
    };

    public static IEnumerable<object?>? Entries(object? value) => value switch
    {
        JsonElement { ValueKind: JsonValueKind.Array } element => element.EnumerateArray().Select(Of),
        IReadOnlyList<object?> list => list,
        _ => null,
    };

    /// <summary>Equality of values of one type; undefined between types and with undefined.</summary>
    public static object? AreEqual(object? left, object? right)
    {
        if (left == Undefined || right == Undefined || Rank(left) != Rank(right))
            return Undefined;
        return left is JsonElement || right is JsonElement
            ? left is JsonElement a && right is JsonElement b && JsonElement.DeepEquals(a, b)
            : Equals(left, right);
    }

    /// <summary>Below zero, zero, above zero; null where the values have no order: other types, arrays and objects.</summary>
    public static int? Order(object? left, object? right) => (left, right) switch
    {
        (bool a, bool b) => a.CompareTo(b),
        (double a, double b) => a.CompareTo(b),
        (string a, string b) => CompareTexts(a, b),
        (null, null) => 0,
        _ => null,
    };

    /// <summary>The order of ORDER BY: by type first, undefined before all.</summary>
    public static int Sort(object? left, object? right) => Rank(left) != Rank(right) ? Rank(left).CompareTo(Rank(right)) : Order(left, right) ?? 0;

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case IReadOnlyDictionary<string, object?> members:
                writer.WriteStartObject();
                foreach (var (name, member) in members.Where(member => member.Value != Undefined))
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case IReadOnlyList<object?> list:
                writer.WriteStartArray();
                foreach (var entry in list.Where(entry => entry != Undefined))
                    Write(writer, entry);
                writer.WriteEndArray();
                break;
            default:
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"No value: {value}"), nameof(value));
        }
    }

    private static int CompareTexts(string left, string right) => Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));

    private static int Rank(object? value) => value switch
    {
        _ when value == Undefined => 0,
        null => 1,
        bool => 2,
        double => 3,
        string => 4,
        JsonElement { ValueKind: JsonValueKind.Array } or IReadOnlyList<object?> => 5,
        _ => 6,
    };
}
