using System.Text;
using Kith.Http.Schema;

namespace Kith.Http.Tests.Schema;

public sealed class JsonBodyTests
{
    [Theory]
    [InlineData("{bad", 1, "Expecting property name enclosed in double quotes")]
    [InlineData("{\"bad\"", 6, "Expecting ':' delimiter")]
    [InlineData("{\"a\" 1}", 5, "Expecting ':' delimiter")]
    [InlineData("{\"a\":}", 5, "Expecting value")]
    [InlineData("{\"a\": }", 6, "Expecting value")]
    [InlineData("{\"a\":\"1\"", 8, "Expecting ',' delimiter")]
    [InlineData("{\"a\":1 \"b\":2}", 7, "Expecting ',' delimiter")]
    [InlineData("[1 2]", 3, "Expecting ',' delimiter")]
    [InlineData("[nope]", 1, "Expecting value")]
    [InlineData("[", 1, "Expecting value")]
    [InlineData("   ", 3, "Expecting value")]
    [InlineData("{} {}", 3, "Extra data")]
    [InlineData("[\"abc", 1, "Unterminated string starting at")]
    [InlineData("[\"a\nb\"]", 3, "Invalid control character at")]
    [InlineData("[\"a\\q\"]", 3, "Invalid \\escape")]
    [InlineData("[\"\\u12G4\"]", 4, "Invalid \\uXXXX escape")]
    [InlineData("{\"a\":1,}", 7, "Expecting property name enclosed in double quotes")]
    [InlineData("[\"ü\", x]", 6, "Expecting value")]
    [InlineData("[\"\\ud800\"]", 1, "Unpaired surrogate in string starting at")]
    [InlineData("{\"\\udc00a\":1}", 1, "Unpaired surrogate in string starting at")]
    public void Broken_JSON_is_refused_with_place_and_reason(string text, int offset, string reason)
    {
        var error = Refusal(Encoding.UTF8.GetBytes(text));
        Assert.Equal(("json_invalid", "JSON decode error", $"[\"body\",{offset}]", reason), (error.Type, error.Message, PlaceOf(error), error.Context!["error"]!.GetValue<string>()));
    }

    [Fact]
    public void Invalid_UTF8_is_refused() => Assert.Equal("Body is not valid UTF-8", Refusal([(byte)'"', 0xC3, (byte)'"']).Context!["error"]!.GetValue<string>());

    [Fact]
    public void Nesting_without_end_is_refused() =>
        Assert.StartsWith("Nesting exceeds", Refusal(Encoding.UTF8.GetBytes(new string('[', 100_000))).Context!["error"]!.GetValue<string>());

    [Fact]
    public void A_byte_order_mark_and_paired_surrogates_are_accepted() =>
        Assert.Equal("😀", JsonBody.Parse([0xEF, 0xBB, 0xBF, .. "\"\\ud83d\\ude00\""u8]).GetString());

    private static SchemaError Refusal(byte[] body) => Assert.Throws<SchemaException>(() => JsonBody.Parse(body)).Errors.Single();

    private static string PlaceOf(SchemaError error)
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
            error.Location.WriteTo(writer);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
