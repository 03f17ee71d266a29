using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core;

namespace Kith.Http.Access;

/// <summary>Issues and verifies keys: JSON web tokens signed with HS256 (spec honcho-api §6).</summary>
internal sealed class Tokens(AuthOptions options, TimeProvider time)
{
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private readonly byte[] _secret = Encoding.UTF8.GetBytes(options.JwtSecret);

    public string Issue(Caller caller, DateTimeOffset? expires)
    {
        var claims = new JsonObject { ["t"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) };
        if (expires is { } end)
            claims["exp"] = end.ToUnixTimeSeconds();
        if (caller.IsAdmin)
            claims["ad"] = true;
        foreach (var (name, value) in new[] { ("w", caller.Workspace), ("p", caller.Peer), ("s", caller.Session) })
        {
            if (value is not null)
                claims[name] = value;
        }

        var signed = Encode(Encoding.UTF8.GetBytes(Header)) + "." + Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()));
        return signed + "." + Encode(Sign(signed));
    }

    /// <exception cref="KithException">Forbidden: not a key of this server, or not valid now.</exception>
    public Caller Verify(string token)
    {
        if (options.JwtSecret.Length == 0 || token.Split('.') is not [var header, var payload, var signature])
            throw Invalid();
        if (Decode(signature) is not { } given || !CryptographicOperations.FixedTimeEquals(given, Sign(header + "." + payload)))
            throw Invalid();
        if (Parse(header) is not { } head || Text(head, "alg") != "HS256" || Parse(payload) is not { } claims)
            throw Invalid();

        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (Seconds(claims, "exp") <= now || Seconds(claims, "nbf") > now)
            throw Invalid();
        var caller = new Caller(Flag(claims, "ad"), Text(claims, "w"), Text(claims, "p"), Text(claims, "s"));
        if (caller is { IsAdmin: false, Workspace: null } && (caller.Peer ?? caller.Session) is not null)
            throw new KithException(ErrorCode.Forbidden, "Invalid JWT scope: peer/session token missing workspace");
        return caller;
    }

    private byte[] Sign(string text) => HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes(text));

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

    /// <summary>Empty text counts as absent.</summary>
    private static string? Text(JsonElement claims, string name) => Claim(claims, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } text => text.GetString() is { Length: > 0 } value ? value : null,
        _ => throw Invalid(),
    };

    private static bool Flag(JsonElement claims, string name) => Claim(claims, name) switch
    {
        null => false,
        { ValueKind: JsonValueKind.True or JsonValueKind.False } flag => flag.GetBoolean(),
        _ => throw Invalid(),
    };

    private static double? Seconds(JsonElement claims, string name) => Claim(claims, name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } seconds => seconds.GetDouble(),
        _ => throw Invalid(),
    };

    private static JsonElement? Claim(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind != JsonValueKind.Null ? claim : null;

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static byte[]? Decode(string text) => Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;

    private static KithException Invalid() => new(ErrorCode.Forbidden, "Invalid JWT");
}
