using System.Globalization;
using System.Text.Json;

namespace Kith.Core.Filters;

/// <summary>
/// The filter language of the Honcho API (spec/honcho-api.md §7): members are joined by AND; <c>"*"</c> drops a condition, and a list
/// of nothing but dropped conditions filters nothing. Everything it refuses is <see cref="ErrorCode.Invalid"/> with the text of the original.
/// </summary>
public static class FilterGrammar
{
    private const int MaximumDepth = 5;
    private const string Wildcard = "*";
    private const string PeerPerspective = "peer_perspective";

    private static readonly string[] Operators = ["contains", "gt", "gte", "icontains", "in", "lt", "lte", "ne"];

    /// <param name="filters">The value of <c>filters</c>; undefined, null and <c>{}</c> filter nothing.</param>
    /// <param name="overridden">Keys at the root that the path has already decided: they are ignored.</param>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/></exception>
    public static ParsedFilter Parse(JsonElement filters, FilterSchema schema, params IReadOnlyList<string> overridden)
    {
        if (filters.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return new ParsedFilter(null);
        if (filters.ValueKind != JsonValueKind.Object)
            throw Invalid("filters must be an object");
        try
        {
            var members = filters.EnumerateObject().Where(member => !overridden.Contains(member.Name)).ToList();
            var perspective = schema.HasPeerPerspective ? members.FindLast(member => member.NameEquals(PeerPerspective)) : default;
            var conditions = perspective.Value.ValueKind == JsonValueKind.Undefined
                ? members
                : members.Where(member => !member.NameEquals(PeerPerspective));
            return new ParsedFilter(Members(conditions, schema, depth: 0), Perspective(perspective.Value));
        }
        // Thrown by JsonElement for text with half a surrogate pair, which is no text.
        catch (Exception exception) when (exception is InvalidOperationException or JsonException)
        {
            throw new KithException(ErrorCode.Invalid, "filters hold text that is not valid Unicode", exception);
        }
    }

    private static string? Perspective(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Undefined or JsonValueKind.Null => null,
        JsonValueKind.String => IsWildcard(value) ? null : value.GetString(),
        _ => throw Invalid(PeerPerspective, "expected a peer id"),
    };

    private static Condition? Members(IEnumerable<JsonProperty> members, FilterSchema schema, int depth) => All(members.Select(member => member.Name switch
    {
        "AND" => All(Parts(member, schema, depth)),
        "OR" => Any(Parts(member, schema, depth)),
        "NOT" => All(Parts(member, schema, depth).Select(part => part is null ? null : new Condition.Not(part))),
        var key => schema.Columns.TryGetValue(key, out var column)
            ? Column(key, column, member.Value)
            : throw Invalid($"Column '{key}' is not allowed to be filtered on or does not exist on {schema.Resource}"),
    }));

    private static IEnumerable<Condition?> Parts(JsonProperty member, FilterSchema schema, int depth)
    {
        if (member.Value.ValueKind != JsonValueKind.Array)
            throw Invalid($"{member.Name} must be a list");
        foreach (var part in member.Value.EnumerateArray())
        {
            if (part.ValueKind != JsonValueKind.Object)
                throw Invalid($"{member.Name} takes a list of objects");
            if (depth == MaximumDepth)
                throw Invalid($"Filter nesting exceeds maximum depth of {MaximumDepth}");
            yield return Members(part.EnumerateObject(), schema, depth + 1);
        }
    }

    private static Condition? Column(string key, FilterColumn column, JsonElement value)
    {
        if (IsWildcard(value))
            return null;
        if (value.ValueKind == JsonValueKind.Null)
            return new Condition.IsNull(column.Field);
        return column.Field.Kind switch
        {
            FieldKind.Json => Metadata(key, column.Field, value),
            FieldKind.TextList => List(key, column.Field, value),
            _ => value.ValueKind switch
            {
                JsonValueKind.Array => In(key, column, value),
                JsonValueKind.Object => Range(key, column, value),
                _ => new Condition.Compare(column.Field, Comparison.Equal, Operand(key, column, value)),
            },
        };
    }

    private static Condition? Range(string key, FilterColumn column, JsonElement operators)
    {
        var unknown = operators.EnumerateObject().Select(member => member.Name).Except(Operators).Order(StringComparer.Ordinal).ToList();
        return unknown.Count == 0
            ? All(operators.EnumerateObject().Select(operand => Apply(key, column, operand.Name, operand.Value)))
            : throw Invalid(key, $"unsupported operator(s) {Names(unknown)}. Expected one of {Names(Operators)} or a scalar value.");
    }

    private static Condition? Apply(string key, FilterColumn column, string name, JsonElement operand)
    {
        if (IsWildcard(operand))
            return null;
        if (operand.ValueKind == JsonValueKind.Null)
            return NotNull(key, column.Field, name);
        switch (name)
        {
            case "in":
                return In(key, column, operand);
            case "contains" or "icontains":
                return column.Field.Kind == FieldKind.Text && operand.ValueKind == JsonValueKind.String
                    ? new Condition.TextContains(column.Field, operand.GetString()!)
                    : throw Invalid(key, $"'{name}' takes a string and applies to text columns only");
            default:
                return new Condition.Compare(column.Field, ComparisonOf(name), Operand(key, column, operand));
        }
    }

    private static Condition.In? In(string key, FilterColumn column, JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array)
            throw Invalid(key, "'in' takes a list");
        return list.EnumerateArray().Any(IsWildcard)
            ? null
            : new Condition.In(column.Field, [.. list.EnumerateArray().Select(item => Operand(key, column, item))]);
    }

    private static object Operand(string key, FilterColumn column, JsonElement value)
    {
        switch (column.Field.Kind)
        {
            case FieldKind.Text:
                if (value.ValueKind != JsonValueKind.String)
                    throw Invalid(key, "expected a string");
                var text = value.GetString()!;
                return column.Allowed is null || column.Allowed.Contains(text)
                    ? text
                    : throw Invalid(key, $"'{text}' is not one of {Names(column.Allowed)}");
            case FieldKind.Boolean:
                return value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw Invalid(key, "expected true or false");
            case FieldKind.Number:
                return Number(value) ?? throw Invalid(key, "expected a number");
            case FieldKind.Time:
                return (value.ValueKind == JsonValueKind.String ? FilterTime.Normalise(value.GetString()!) : null)
                    ?? throw Invalid($"Invalid datetime value: {value}");
            default:
                throw new ArgumentOutOfRangeException(nameof(column), column.Field.Kind, null);
        }
    }

    private static double? Number(JsonElement value)
    {
        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var number = value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String when double.TryParse(value.GetString(), Style, CultureInfo.InvariantCulture, out var parsed) => parsed,
            _ => double.NaN,
        };
        return double.IsFinite(number) ? number : null;
    }

    /// <summary>Lists of ids (§11): a string or <c>contains</c> is membership, a bare list all of, <c>in</c> any of.</summary>
    private static Condition? List(string key, Field field, JsonElement value)
    {
        Condition? Entry(JsonElement entry) => IsWildcard(entry) ? null
            : entry.ValueKind == JsonValueKind.String ? new Condition.Includes(field, entry.GetString()!)
            : throw Invalid(key, "expected a string");

        Condition? AnyOf(JsonElement list) => list.ValueKind != JsonValueKind.Array ? throw Invalid(key, "'in' takes a list")
            : list.EnumerateArray().Any(IsWildcard) ? null
            : new Condition.Any([.. list.EnumerateArray().Select(Entry).OfType<Condition>()]);

        return value.ValueKind switch
        {
            JsonValueKind.Array => All(value.EnumerateArray().Select(Entry)),
            JsonValueKind.Object => All(value.EnumerateObject().Select(member => member.Name switch
            {
                _ when IsWildcard(member.Value) => null,
                "contains" => Entry(member.Value),
                "in" => AnyOf(member.Value),
                _ => throw Invalid(key, $"unsupported operator(s) {Names([member.Name])}. Expected one of {Names(["contains", "in"])}, a string or a list."),
            })),
            _ => Entry(value),
        };
    }

    private static Condition? Metadata(string key, Field metadata, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
            throw Invalid(key, "a JSONB column takes an object, optionally under 'contains'");
        if (value.EnumerateObject().ToList() is [{ Name: "contains", Value.ValueKind: JsonValueKind.Object } only])
            return Contained(metadata, only.Value);
        return All(value.EnumerateObject().Select(member => Member(key, Field.Json([.. metadata.Path, member.Name]), member.Value)));
    }

    /// <summary>One key of the metadata: an operator object when all its members are operators, else a value to be contained.</summary>
    private static Condition? Member(string key, Field field, JsonElement value)
    {
        if (IsWildcard(value))
            return null;
        return value.ValueKind == JsonValueKind.Object
            && value.EnumerateObject().Any()
            && value.EnumerateObject().All(member => Operators.Contains(member.Name))
                ? All(value.EnumerateObject().Select(member => ApplyToText(key, field, member.Name, member.Value)))
                : Contained(field, value);
    }

    /// <summary>Copied, because conditions outlive the request's document, and so that text in it which is none is found here.</summary>
    private static Condition.JsonContains Contained(Field field, JsonElement value) => new(field, JsonSerializer.SerializeToElement(value));

    private static Condition? ApplyToText(string key, Field field, string name, JsonElement operand)
    {
        if (IsWildcard(operand))
            return null;
        if (operand.ValueKind == JsonValueKind.Null)
            return NotNull(key, field, name);
        switch (name)
        {
            case "in":
                if (operand.ValueKind != JsonValueKind.Array)
                    throw Invalid(key, "'in' takes a list");
                return operand.EnumerateArray().Any(IsWildcard)
                    ? null
                    : new Condition.In(field, [.. operand.EnumerateArray().Select(item => (object)TextForm(key, item))]);
            case "contains" or "icontains":
                return new Condition.TextContains(field, TextForm(key, operand));
            default:
                return new Condition.Compare(
                    field, ComparisonOf(name), operand.ValueKind == JsonValueKind.Number ? Number(operand) ?? throw Invalid(key, "the number is too large") : TextForm(key, operand));
        }
    }

    private static string TextForm(string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => throw Invalid(key, "operators take strings, numbers and booleans"),
    };

    private static Condition.Not NotNull(string key, Field field, string name) => name == "ne"
        ? new Condition.Not(new Condition.IsNull(field))
        : throw Invalid(key, $"'{name}' does not take null");

    private static Comparison ComparisonOf(string name) => name switch
    {
        "gt" => Comparison.Greater,
        "gte" => Comparison.GreaterOrEqual,
        "lt" => Comparison.Less,
        "lte" => Comparison.LessOrEqual,
        "ne" => Comparison.NotEqual,
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
    };

    private static Condition? All(IEnumerable<Condition?> parts) => parts.OfType<Condition>().ToList() switch
    {
        [] => null,
        [var only] => only,
        var several => new Condition.All(several),
    };

    private static Condition? Any(IEnumerable<Condition?> parts) => parts.OfType<Condition>().ToList() switch
    {
        [] => null,
        [var only] => only,
        var several => new Condition.Any(several),
    };

    private static bool IsWildcard(JsonElement value) => value.ValueKind == JsonValueKind.String && value.ValueEquals(Wildcard);

    private static string Names(IEnumerable<string> names) => $"[{string.Join(", ", names.Select(name => $"'{name}'"))}]";

    private static KithException Invalid(string column, string problem) => Invalid($"Invalid filter for column '{column}': {problem}");

    private static KithException Invalid(string message) => new(ErrorCode.Invalid, message);
}
