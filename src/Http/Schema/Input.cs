using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core;

namespace Kith.Http.Schema;

/// <summary>
/// A value of a request and where it stands. Reading it as a type reports what is wrong and returns nothing then; a missing value
/// reads as nothing without a report. Conversions are as lax as pydantic's: numbers and booleans may be spelled as text.
/// </summary>
internal readonly struct Input(JsonElement value, Location location, SchemaErrors errors)
{
    /// <summary>Digits that Python converts at most from text.</summary>
    private const int IntegerDigits = 4_300;

    public static Input Missing { get; }

    public JsonElement Value => value;

    public Location Location => location;

    public bool IsMissing => errors is null;

    /// <summary>Another value in the same place.</summary>
    public Input With(JsonElement other) => new(other, location, errors);

    public string? Text(int min = 0, int max = int.MaxValue)
    {
        if (IsMissing)
            return null;
        if (value.ValueKind != JsonValueKind.String)
            return Refuse<string?>("string_type", "Input should be a valid string");
        var text = value.GetString()!.Replace("\0", "", StringComparison.Ordinal);
        var length = CodePoints(text);
        if (length > max)
            return Refuse<string?>("string_too_long", $"String should have at most {Count(max, "character")}", new() { ["max_length"] = max });
        if (length < min)
            return Refuse<string?>("string_too_short", $"String should have at least {Count(min, "character")}", new() { ["min_length"] = min });
        return text;
    }

    /// <summary>A client-chosen id (spec honcho-api §2).</summary>
    public string? Name(int max = Limits.IdCharacters)
    {
        if (Text(1, max) is not { } name)
            return null;
        if (Names.HasValidCharacters(value.GetString()))
            return name;
        return Refuse<string?>("string_pattern_mismatch", $"String should match pattern '{Names.Pattern}'", new() { ["pattern"] = Names.Pattern });
    }

    public bool? Boolean()
    {
        if (IsMissing)
            return null;
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean();
            case JsonValueKind.String:
                switch (value.GetString()!.ToUpperInvariant())
                {
                    case "1" or "T" or "TRUE" or "Y" or "YES" or "ON":
                        return true;
                    case "0" or "F" or "FALSE" or "N" or "NO" or "OFF":
                        return false;
                }

                break;
            case JsonValueKind.Number:
                if (value.TryGetDouble(out var number) && number is 0 or 1)
                    return number == 1;
                break;
            default:
                return Refuse<bool?>("bool_type", "Input should be a valid boolean");
        }

        return Refuse<bool?>("bool_parsing", "Input should be a valid boolean, unable to interpret input");
    }

    /// <summary>Whole numbers beyond the range of <see cref="int"/> that the bounds admit are clamped.</summary>
    public int? Integer(int? min = null, int? max = null)
    {
        if (IsMissing || WholeNumber() is not { } number)
            return null;
        if (number < min)
            return Refuse<int?>("greater_than_equal", $"Input should be greater than or equal to {min}", new() { ["ge"] = min });
        if (number > max)
            return Refuse<int?>("less_than_equal", $"Input should be less than or equal to {max}", new() { ["le"] = max });
        return (int)BigInteger.Clamp(number, int.MinValue, int.MaxValue);
    }

    public double? Number(double min, double max)
    {
        if (IsMissing)
            return null;
        double number;
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                number = value.GetDouble();
                break;
            case JsonValueKind.True or JsonValueKind.False:
                number = value.GetBoolean() ? 1 : 0;
                break;
            case JsonValueKind.String:
                if (!double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out number))
                    return Refuse<double?>("float_parsing", "Input should be a valid number, unable to parse string as a number");
                break;
            default:
                return Refuse<double?>("float_type", "Input should be a valid number");
        }

        if (!(number >= min))
            return Refuse<double?>("greater_than_equal", Invariant($"Input should be greater than or equal to {min}"), new() { ["ge"] = min });
        if (number > max)
            return Refuse<double?>("less_than_equal", Invariant($"Input should be less than or equal to {max}"), new() { ["le"] = max });
        return number;
    }

    /// <summary>One of a few words; <paramref name="type"/> is <c>literal_error</c> or <c>enum</c>.</summary>
    public string? OneOf(string type, params IReadOnlyList<string> words)
    {
        if (IsMissing)
            return null;
        if (value.ValueKind == JsonValueKind.String && words.Contains(value.GetString()!))
            return value.GetString();
        var quoted = words.Select(word => $"'{word}'").ToList();
        var expected = quoted.Count == 1 ? quoted[0] : string.Join(", ", quoted[..^1]) + " or " + quoted[^1];
        return Refuse<string?>(type, "Input should be " + expected, new() { ["expected"] = expected });
    }

    /// <summary>ISO 8601 with or without zone, a date, or seconds since 1970 (spec honcho-api §1, "Datetimes in").</summary>
    public Moment? Time()
    {
        if (IsMissing)
            return null;
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number))
            return Refuse<Moment?>("datetime_type", "Input should be a valid datetime");
        var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        if (Moment.TryParse(text, out var moment, out var problem))
            return moment;
        return Refuse<Moment?>("datetime_from_date_parsing", "Input should be a valid datetime or date, " + problem, new() { ["error"] = problem });
    }

    /// <summary>An object with known members.</summary>
    public Fields? Object()
    {
        if (IsMissing)
            return null;
        if (value.ValueKind == JsonValueKind.Object)
            return new Fields(value, location, errors);
        return Refuse<Fields?>("model_attributes_type", "Input should be a valid dictionary or object to extract fields from");
    }

    /// <summary>An object whose members the client chooses, cleaned for storing.</summary>
    public JsonElement? FreeObject()
    {
        if (IsMissing)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
            return Refuse<JsonElement?>("dict_type", "Input should be a valid dictionary");
        return FreeJson.HasUnusableNumber(value) ? Break<JsonElement?>("Numbers must lie within the range of a 64-bit floating point number") : FreeJson.Clean(value);
    }

    /// <summary>A free object within the limits of metadata (spec honcho-api §2.2).</summary>
    public JsonElement? Metadata()
    {
        if (FreeObject() is not { } metadata)
            return null;
        if (metadata.EnumerateObject().Count() > Limits.MetadataKeys)
            return Break<JsonElement?>($"Metadata must have at most {Limits.MetadataKeys} keys");
        if (FreeJson.ObjectDepth(metadata) > Limits.MetadataDepth)
            return Break<JsonElement?>($"Metadata must be nested at most {Limits.MetadataDepth} levels deep");
        return metadata;
    }

    public IReadOnlyList<T>? List<T>(Func<Input, T?> read, int min = 0, int max = int.MaxValue)
    {
        if (IsMissing)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return Refuse<IReadOnlyList<T>?>("list_type", "Input should be a valid list");
        var length = value.GetArrayLength();
        if (length < min)
        {
            return Refuse<IReadOnlyList<T>?>(
                "too_short",
                $"List should have at least {Count(min, "item")} after validation, not {length}",
                new() { ["field_type"] = "List", ["min_length"] = min, ["actual_length"] = length });
        }

        if (length > max)
        {
            return Refuse<IReadOnlyList<T>?>(
                "too_long",
                $"List should have at most {Count(max, "item")} after validation, not {length}",
                new() { ["field_type"] = "List", ["max_length"] = max, ["actual_length"] = length });
        }

        var items = new List<T>(length);
        var index = 0;
        foreach (var element in value.EnumerateArray())
        {
            if (read(new Input(element, location.At(index++), errors)) is { } item)
                items.Add(item);
        }

        return items;
    }

    /// <summary>An object from client-chosen names to values of one type.</summary>
    public IReadOnlyDictionary<string, T>? Map<T>(Func<Input, T?> read)
    {
        if (IsMissing)
            return null;
        if (value.ValueKind != JsonValueKind.Object)
            return Refuse<IReadOnlyDictionary<string, T>?>("dict_type", "Input should be a valid dictionary");
        var map = new Dictionary<string, T>();
        foreach (var member in value.EnumerateObject())
        {
            if (read(new Input(member.Value, location.At(member.Name), errors)) is { } item)
                map[member.Name] = item;
        }

        return map;
    }

    /// <summary>Reports a broken rule about this value.</summary>
    public T? Break<T>(string message)
    {
        errors.AddRule(location, message, value);
        return default;
    }

    private BigInteger? WholeNumber()
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.True or JsonValueKind.False:
                return value.GetBoolean() ? 1 : 0;
            case JsonValueKind.Number when value.TryGetInt64(out var number):
                return number;
            case JsonValueKind.Number:
                var real = value.GetDouble();
                if (double.IsFinite(real))
                    return double.IsInteger(real) ? new BigInteger(real) : Refuse<BigInteger?>("int_from_float", "Input should be a valid integer, got a number with a fractional part");
                return Refuse<BigInteger?>("finite_number", "Input should be a finite number");
            case JsonValueKind.String:
                var text = value.GetString()!.Trim();
                if (text.Length > IntegerDigits)
                    return Refuse<BigInteger?>("int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size");
                if (text.Split('.', 2) is [var whole, var zeros] && zeros.Length > 0 && zeros.All(c => c == '0'))
                    text = whole;
                if (BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var parsed))
                    return parsed;
                return Refuse<BigInteger?>("int_parsing", "Input should be a valid integer, unable to parse string as an integer");
            default:
                return Refuse<BigInteger?>("int_type", "Input should be a valid integer");
        }
    }

    private T? Refuse<T>(string type, string message, JsonObject? context = null)
    {
        errors.Add(type, location, message, value, context);
        return default;
    }

    private static string Count(int number, string noun) => number == 1 ? $"1 {noun}" : $"{number} {noun}s";

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    /// <summary>Limits count code points, not UTF-16 units.</summary>
    private static int CodePoints(string text) => text.Count(c => !char.IsLowSurrogate(c));
}
