using System.Text;
using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Tests.Schema;

public sealed class InputTests
{
    [Theory]
    [InlineData("true", true)]
    [InlineData("\"on\"", true)]
    [InlineData("\"YES\"", true)]
    [InlineData("1", true)]
    [InlineData("\"f\"", false)]
    [InlineData("0.0", false)]
    public void Boolean_in_any_accepted_spelling(string json, bool expected) => Assert.Equal(expected, Read(json, input => input.Boolean()).Value);

    [Theory]
    [InlineData("\"maybe\"", "bool_parsing")]
    [InlineData("\"\"", "bool_parsing")]
    [InlineData("2", "bool_parsing")]
    [InlineData("1e999", "bool_parsing")]
    [InlineData("{}", "bool_type")]
    [InlineData("null", "bool_type")]
    public void Boolean_of_something_else_is_refused(string json, string type) => Assert.Equal([type], Read(json, input => input.Boolean()).Types);

    [Theory]
    [InlineData("7", 7)]
    [InlineData("7.0", 7)]
    [InlineData("\" 7 \"", 7)]
    [InlineData("\"7.00\"", 7)]
    [InlineData("true", 1)]
    [InlineData("99999999999999999999", int.MaxValue)]
    public void Integer_in_any_accepted_spelling(string json, int expected) => Assert.Equal(expected, Read(json, input => input.Integer()).Value);

    [Theory]
    [InlineData("7.5", "int_from_float")]
    [InlineData("1e999", "finite_number")]
    [InlineData("\"abc\"", "int_parsing")]
    [InlineData("\"\"", "int_parsing")]
    [InlineData("[]", "int_type")]
    public void Integer_of_something_else_is_refused(string json, string type) => Assert.Equal([type], Read(json, input => input.Integer()).Types);

    [Fact]
    public void Integer_of_too_many_digits_is_refused() =>
        Assert.Equal(["int_parsing_size"], Read($"\"{new string('9', 5000)}\"", input => input.Integer()).Types);

    [Theory]
    [InlineData("0", "greater_than_equal")]
    [InlineData("101", "less_than_equal")]
    [InlineData("1" + "00000000000000000000", "less_than_equal")]
    public void Integer_out_of_bounds_is_refused(string json, string type) => Assert.Equal([type], Read(json, input => input.Integer(1, 100)).Types);

    [Theory]
    [InlineData("\"abc\"", "float_parsing")]
    [InlineData("\"NaN\"", "greater_than_equal")]
    [InlineData("1.01", "less_than_equal")]
    [InlineData("1e999", "less_than_equal")]
    [InlineData("{}", "float_type")]
    public void Number_out_of_bounds_is_refused(string json, string type) => Assert.Equal([type], Read(json, input => input.Number(0, 1)).Types);

    [Fact]
    public void Text_loses_NUL_characters() => Assert.Equal("ab", Read("\"a\\u0000b\"", input => input.Text()).Value);

    [Fact]
    public void Text_is_measured_in_code_points() => Assert.Empty(Read("\"😀😀😀\"", input => input.Text(3, 3)).Types);

    [Theory]
    [InlineData("\"\"", "string_too_short")]
    [InlineData("\"a b\"", "string_pattern_mismatch")]
    [InlineData("\"ümlaut\"", "string_pattern_mismatch")]
    [InlineData("\"a\\u0000\"", "string_pattern_mismatch")]
    [InlineData("5", "string_type")]
    public void Name_that_breaks_the_rules_is_refused(string json, string type) => Assert.Equal([type], Read(json, input => input.Name()).Types);

    [Fact]
    public void OneOf_lists_the_words()
    {
        var error = Assert.Single(Read("\"x\"", input => input.OneOf("literal_error", "low", "medium", "high")).Errors);
        Assert.Equal("Input should be 'low', 'medium' or 'high'", error.Message);
    }

    [Fact]
    public void Metadata_of_five_levels_is_accepted() => Assert.Empty(Read("""{"a":{"b":{"c":{"d":[[[{"e":1}]]]}}}}""", input => input.Metadata()).Types);

    [Fact]
    public void Metadata_of_six_levels_is_refused() => Assert.Equal(["value_error"], Read("""{"a":{"b":{"c":{"d":{"e":{}}}}}}""", input => input.Metadata()).Types);

    [Fact]
    public void Metadata_of_101_keys_is_refused()
    {
        var json = JsonSerializer.Serialize(Enumerable.Range(0, 101).ToDictionary(number => $"k{number}"));
        Assert.Equal(["value_error"], Read(json, input => input.Metadata()).Types);
    }

    [Fact]
    public void Metadata_keeps_the_last_of_repeated_members_and_numbers_as_written() =>
        Assert.Equal("""{"a":2,"b":1.50,"c":12345678901234567890123}""", Read("""{"a":1,"b":1.50,"a":2,"c":12345678901234567890123}""", input => input.Metadata()).Value?.GetRawText());

    [Fact]
    public void Metadata_with_a_number_that_nothing_can_hold_is_refused() => Assert.Equal(["value_error"], Read("""{"a":[1e999]}""", input => input.Metadata()).Types);

    [Fact]
    public void List_reports_each_bad_element_with_its_place()
    {
        var result = Read("""["a", 1, {}]""", input => input.List(item => item.Text()));
        Assert.Equal(["""["body",1]""", """["body",2]"""], result.Errors.Select(PlaceOf));
    }

    private static string PlaceOf(SchemaError error)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
            error.Location.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static Result<T> Read<T>(string json, Func<Input, T> read)
    {
        var errors = new SchemaErrors();
        var value = read(new Input(JsonElement.Parse(json), Location.Body, errors));
        return new Result<T>(value, Record.Exception(errors.ThrowIfAny) is SchemaException refused ? refused.Errors : []);
    }

    private sealed record Result<T>(T Value, IReadOnlyList<SchemaError> Errors)
    {
        public IEnumerable<string> Types => Errors.Select(error => error.Type);
    }
}
