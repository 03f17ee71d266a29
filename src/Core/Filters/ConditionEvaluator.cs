using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Kith.Core.Filters;

/// <summary>Evaluates a condition on a body in memory: what the stores must answer, for documents that are not there to be asked.</summary>
public static class ConditionEvaluator
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool Matches(Condition condition, JsonElement body) => condition switch
    {
        Condition.All all => all.Parts.All(part => Matches(part, body)),
        Condition.Any any => any.Parts.Any(part => Matches(part, body)),
        Condition.Not not => !Matches(not.Part, body),
        Condition.IsNull isNull => Find(isNull.Field, body) is null,
        Condition.Compare compare => Compare(compare, body),
        Condition.In @in => Find(@in.Field, body) is { } value && @in.Operands.Any(operand => EqualsAny(@in.Field.Kind, value, operand)),
        Condition.TextContains contains =>
            Find(contains.Field, body) is { } value
            && (contains.Field.Kind == FieldKind.Json || value.ValueKind == JsonValueKind.String)
            && TextForm(value).Contains(contains.Text, StringComparison.OrdinalIgnoreCase),
        Condition.Includes includes =>
            Find(includes.Field, body) is { ValueKind: JsonValueKind.Array } list
            && list.EnumerateArray().Any(entry => entry.ValueKind == JsonValueKind.String && entry.ValueEquals(includes.Entry)),
        Condition.JsonContains contains => Locate(contains.Field, body) is { } value && Contains(value, contains.Operand),
        _ => throw new ArgumentOutOfRangeException(nameof(condition), condition, null),
    };

    private static bool Compare(Condition.Compare compare, JsonElement body)
    {
        if (Find(compare.Field, body) is not { } value)
            return compare.Comparison == Comparison.NotEqual && compare.Field.Kind != FieldKind.Json;
        return Order(compare.Field.Kind, value, compare.Operand) switch
        {
            { } order => compare.Comparison switch
            {
                Comparison.Equal => order == 0,
                Comparison.NotEqual => order != 0,
                Comparison.Less => order < 0,
                Comparison.LessOrEqual => order <= 0,
                Comparison.Greater => order > 0,
                Comparison.GreaterOrEqual => order >= 0,
                _ => throw new ArgumentOutOfRangeException(nameof(compare), compare.Comparison, null),
            },
            // A value of another type than the column's is different from every operand; on Json it is no match at all.
            null => compare.Comparison == Comparison.NotEqual && compare.Field.Kind != FieldKind.Json,
        };
    }

    /// <summary>How the value compares with the operand; null when they cannot be compared.</summary>
    private static int? Order(FieldKind kind, JsonElement value, object operand) => (kind, operand) switch
    {
        (FieldKind.Text or FieldKind.Time, string text) =>
            value.ValueKind == JsonValueKind.String ? string.CompareOrdinal(value.GetString(), text) : null,
        (FieldKind.Number, double number) => value.ValueKind == JsonValueKind.Number ? value.GetDouble().CompareTo(number) : null,
        (FieldKind.Boolean, bool flag) =>
            value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean().CompareTo(flag) : null,
        (FieldKind.Json, double number) => AsNumber(value)?.CompareTo(number),
        (FieldKind.Json, string text) => string.CompareOrdinal(TextForm(value), text),
        _ => throw new ArgumentException($"A {kind} field cannot be compared with a {operand.GetType().Name}.", nameof(operand)),
    };

    private static bool EqualsAny(FieldKind kind, JsonElement value, object operand) => (kind, operand) switch
    {
        // Compared in UTF-8, without a string for every document.
        (FieldKind.Text or FieldKind.Time, string text) => value.ValueKind == JsonValueKind.String && value.ValueEquals(text),
        (FieldKind.Json, _) => TextForm(value) == OperandText(operand),
        _ => Order(kind, value, operand) == 0,
    };

    private static string OperandText(object operand) => operand switch
    {
        string text => text,
        bool flag => flag ? "true" : "false",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"A {operand.GetType().Name} has no text form.", nameof(operand)),
    };

    private static string TextForm(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Object or JsonValueKind.Array => JsonSerializer.Serialize(value, AsWritten),
        _ => value.GetRawText(),
    };

    /// <summary>The value as a number, also when it is one written in a string; null when it is none.</summary>
    private static double? AsNumber(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Number)
            return value.GetDouble();
        // The first character is checked because "Infinity" and "NaN" parse as well.
        return value.ValueKind == JsonValueKind.String
            && value.GetString() is { } text
            && text.AsSpan(text.StartsWith('-') ? 1 : 0) is [>= '0' and <= '9', ..]
            && double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    private static bool Contains(JsonElement value, JsonElement operand) => operand.ValueKind switch
    {
        JsonValueKind.Object => value.ValueKind == JsonValueKind.Object && operand.EnumerateObject()
            .All(member => value.TryGetProperty(member.Name, out var inner) && Contains(inner, member.Value)),
        JsonValueKind.Array => value.ValueKind == JsonValueKind.Array && operand.EnumerateArray()
            .All(wanted => value.EnumerateArray().Any(entry => Contains(entry, wanted))),
        JsonValueKind.String => value.ValueKind == JsonValueKind.String && value.ValueEquals(operand.GetString()),
        JsonValueKind.Number => value.ValueKind == JsonValueKind.Number && SameNumber(value, operand),
        _ => value.ValueKind == operand.ValueKind,
    };

    /// <summary>Also as decimals: ids of chat platforms are integers that a double cannot tell apart.</summary>
    private static bool SameNumber(JsonElement left, JsonElement right) =>
        left.GetDouble() == right.GetDouble()
        && (!left.TryGetDecimal(out var exactLeft) || !right.TryGetDecimal(out var exactRight) || exactLeft == exactRight);

    /// <summary>The value at the field's place; null when it is absent or JSON null.</summary>
    private static JsonElement? Find(Field field, JsonElement body) =>
        Locate(field, body) is { ValueKind: not JsonValueKind.Null } value ? value : null;

    private static JsonElement? Locate(Field field, JsonElement body)
    {
        foreach (var name in field.Path)
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(name, out body))
                return null;
        }
        return body;
    }
}
