using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Kith.Core;

namespace Kith.Http.Access;

/// <summary>The parts of a JSON web token in compact form (RFC 7519). Nothing is verified here.</summary>
/// <param name="Signed">What the signature is of.</param>
internal sealed record Jwt(JsonElement Header, JsonElement Claims, byte[] Signed, byte[] Signature)
{
    /// <summary>More is no token that anybody issues, and not worth parsing.</summary>
    private const int MostCharacters = 16 * 1024;

    public string? Algorithm => Text(Header, "alg");

    /// <summary>Null when the text is no token.</summary>
    public static Jwt? Read(string token)
    {
        if (token.Length > MostCharacters || token.Split('.') is not [var header, var payload, var signature])
            return null;
        return Parse(header) is { } head && Parse(payload) is { } claims && Decode(signature) is { } proof
            ? new Jwt(head, claims, Encoding.ASCII.GetBytes($"{header}.{payload}"), proof)
            : null;
    }

    /// <summary>Null when absent, null or empty.</summary>
    /// <exception cref="KithException">Forbidden: it is no text.</exception>
    public static string? Text(JsonElement claims, string name) => Claim(claims, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => Characters(text) is { Length: > 0 } value ? value : null,
        _ => throw Invalid(),
    };

    /// <exception cref="KithException">Forbidden: it is no boolean.</exception>
    public static bool Flag(JsonElement claims, string name) => Claim(claims, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetBoolean(),
        _ => throw Invalid(),
    };

    /// <exception cref="KithException">Forbidden: it is no number.</exception>
    public static double? Seconds(JsonElement claims, string name) => Claim(claims, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } seconds => seconds.GetDouble(),
        _ => throw Invalid(),
    };

    public static JsonElement? Claim(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind != JsonValueKind.Null ? claim : null;

    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    public static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    public static KithException Invalid() => new(ErrorCode.Forbidden, "Invalid JWT");

    private static string Characters(JsonElement text)
    {
        try
        {
            return text.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Valid JSON, but no text: broken UTF-8, or half a surrogate pair.
            throw Invalid();
        }
    }

    private static JsonElement? Parse(string part)
    {
        try
        {
            return Decode(part) is { } utf8 && JsonElement.Parse(utf8) is { ValueKind: JsonValueKind.Object } json ? json : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
