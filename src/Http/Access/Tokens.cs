using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kith.Core;

namespace Kith.Http.Access;

/// <summary>Issues and verifies signed keys: JSON web tokens with HS256 (spec honcho-api §6). They are signed with the newest secret; the one before it still verifies.</summary>
internal sealed class Tokens(AuthOptions options, TimeProvider time)
{
    private const string Algorithm = "HS256";
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private readonly byte[][] _secrets = [.. new[] { options.JwtSecret, options.PreviousJwtSecret }.Where(secret => secret.Length > 0).Select(Encoding.UTF8.GetBytes)];

    /// <param name="caller">Its <see cref="Caller.KeyId"/> goes along: such a key can be revoked.</param>
    public string Issue(Caller caller, DateTimeOffset? expires)
    {
        if (_secrets.Length == 0)
            throw new KithException(ErrorCode.Conflict, "There is no secret to sign keys with") { Detail = "disabled" };
        var claims = new JsonObject { ["t"] = time.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) };
        if (expires is { } end)
            claims["exp"] = end.ToUnixTimeSeconds();
        if (caller.IsAdmin)
            claims["ad"] = true;
        if (caller.ReadOnly)
            claims["ro"] = true;
        foreach (var (name, value) in new[] { ("w", caller.Workspace), ("p", caller.Peer), ("s", caller.Session), ("k", caller.KeyId) })
        {
            if (value is not null)
                claims[name] = value;
        }

        var signed = $"{Jwt.Encode(Encoding.UTF8.GetBytes(Header))}.{Jwt.Encode(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{signed}.{Jwt.Encode(HMACSHA256.HashData(_secrets[0], Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <exception cref="KithException">Forbidden: not a key of this server, or not valid now.</exception>
    public Caller Verify(string token)
    {
        if (Jwt.Read(token) is not { Algorithm: Algorithm } jwt || !IsSigned(jwt))
            throw Jwt.Invalid();

        var (claims, now) = (jwt.Claims, time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0);
        if (Jwt.Seconds(claims, "exp") <= now || Jwt.Seconds(claims, "nbf") > now)
            throw Jwt.Invalid();
        var caller = new Caller(Jwt.Flag(claims, "ad"), Jwt.Text(claims, "w"), Jwt.Text(claims, "p"), Jwt.Text(claims, "s"))
        {
            KeyId = Jwt.Text(claims, "k"),
            ReadOnly = Jwt.Flag(claims, "ro"),
        };
        if (caller is { IsAdmin: false, Workspace: null } && (caller.Peer ?? caller.Session) is not null)
            throw new KithException(ErrorCode.Forbidden, "Invalid JWT scope: peer/session token missing workspace");
        return caller;
    }

    private bool IsSigned(Jwt jwt)
    {
        var isSigned = false;
        foreach (var secret in _secrets)
            isSigned |= CryptographicOperations.FixedTimeEquals(jwt.Signature, HMACSHA256.HashData(secret, jwt.Signed));
        return isSigned;
    }
}
