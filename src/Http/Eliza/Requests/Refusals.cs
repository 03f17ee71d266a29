using System.Text.Json;
using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Eliza.Requests;

/// <summary>What more than one request is refused for.</summary>
internal static class Refusals
{
    private const int MetadataCharacters = 10_240;

    public static KithException Invalid(string message) => new(ErrorCode.Invalid, message);

    /// <summary>Cleaned for storing. Absent and null are an empty object.</summary>
    /// <exception cref="KithException">Longer than 10,240 characters of compact JSON (spec eliza-sessions §5.1), or with a number that nothing can keep.</exception>
    public static JsonElement Metadata(JsonElement? given)
    {
        if (given is not { ValueKind: not JsonValueKind.Null } metadata)
            return FreeJson.EmptyObject;
        if (FreeJson.HasUnusableNumber(metadata))
            throw Invalid("Invalid metadata: Numbers must lie within the range of a 64-bit floating point number");
        var clean = FreeJson.Clean(metadata);
        return Length(clean) <= MetadataCharacters ? clean : throw Invalid($"Invalid metadata: Metadata exceeds maximum size of {MetadataCharacters} bytes");
    }

    public static JsonElement? Member(JsonElement? body, string name) =>
        body is { ValueKind: JsonValueKind.Object } fields && fields.TryGetProperty(name, out var member) ? member : null;

    public static string? Text(JsonElement? body, string name) => Member(body, name) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    /// <summary>UTF-16 units of <c>JSON.stringify</c>, which is what the limit counts.</summary>
    private static long Length(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Sum(member => Length(member.Name) + Length(member.Value) + 2) + Math.Max(1, 2 - element.EnumerateObject().Count()),
        JsonValueKind.Array => element.EnumerateArray().Sum(item => Length(item) + 1) + Math.Max(1, 2 - element.GetArrayLength()),
        JsonValueKind.String => Length(element.GetString()!),
        _ => element.GetRawText().Length,
    };

    private static long Length(string text) => 2 + text.Sum(c => c switch
    {
        '"' or '\\' or '\b' or '\f' or '\n' or '\r' or '\t' => 2L,
        < ' ' => 6,
        _ => 1,
    });
}
