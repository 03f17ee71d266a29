using System.Security.Cryptography;
using System.Text.Json;
using Kith.Core;

namespace Kith.Http.Access.Entra;

/// <summary>
/// Verifies access tokens of Entra ID for Kith: RS256 by a key of the directory, issuer, audience and times. What a token opens is said by its app roles; a user's
/// token also needs a scope that lets the application act for them (docs/decisions/0009-entra-tokens.md).
/// </summary>
internal sealed class EntraTokens(EntraOptions options, SigningKeys keys, TimeProvider time)
{
    private const string Algorithm = "RS256";
    private const string Use = "Kith.Use";
    private const string Read = "Kith.Read";
    private const string Admin = "Kith.Admin";
    private const string WorkspacePrefix = "Kith.Workspace.";
    private const string ReadSuffix = ".Read";

    /// <summary>What clocks may differ by.</summary>
    private const double SkewSeconds = 60;

    private readonly string[] _issuers = [$"{options.Authority.GetLeftPart(UriPartial.Authority)}/{options.TenantId}/v2.0", $"https://sts.windows.net/{options.TenantId}/"];

    /// <summary>Whether a token is to be judged here. One that is signed otherwise never is: no key of the directory is ever used as a secret.</summary>
    public bool Claims(string token) => options.IsOn && Jwt.Read(token)?.Header is { } header && header.TryGetProperty("alg", out var algorithm) && algorithm.ValueKind == JsonValueKind.String && algorithm.ValueEquals(Algorithm);

    /// <exception cref="KithException">Forbidden: not a valid token, or one that opens nothing. Unavailable: the directory's keys cannot be read.</exception>
    public async ValueTask<Caller> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (Jwt.Read(token) is not { Algorithm: Algorithm } jwt || jwt.Header.TryGetProperty("crit", out _) || Jwt.Text(jwt.Header, "kid") is not { } id)
            throw Jwt.Invalid();
        // Nothing of the claims is looked at, and no key asked for, before it is clear that the token is meant for this server.
        if (!_issuers.Contains(Jwt.Text(jwt.Claims, "iss"), StringComparer.Ordinal) || !NamesAudience(jwt.Claims))
            throw Jwt.Invalid();
        var key = await keys.FindAsync(id, cancellationToken);
        if (key?.Key.VerifyData(jwt.Signed, jwt.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) != true)
            throw Jwt.Invalid();

        var now = time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
        if (!(Jwt.Seconds(jwt.Claims, "exp") > now - SkewSeconds) || Jwt.Seconds(jwt.Claims, "nbf") > now + SkewSeconds)
            throw Jwt.Invalid();
        if (Jwt.Text(jwt.Claims, "tid") is { } tenant && !tenant.Equals(options.TenantId, StringComparison.OrdinalIgnoreCase))
            throw Jwt.Invalid();
        return Of(jwt.Claims);
    }

    private bool NamesAudience(JsonElement claims) => Jwt.Claim(claims, "aud") switch
    {
        { ValueKind: JsonValueKind.String } one => one.ValueEquals(options.Audience),
        { ValueKind: JsonValueKind.Array } several => several.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(options.Audience)),
        _ => false,
    };

    private static Caller Of(JsonElement claims)
    {
        var readOnly = false;
        if (Jwt.Text(claims, "scp")?.Split(' ') is { } scopes && !scopes.Contains(Use))
            readOnly = scopes.Contains(Read) ? true : throw Nothing();

        string[] roles = Jwt.Claim(claims, "roles") is { ValueKind: JsonValueKind.Array } given
            ? [.. given.EnumerateArray().Where(role => role.ValueKind == JsonValueKind.String).Select(role => role.GetString()!)]
            : [];
        var subject = $"entra:{Jwt.Text(claims, "oid") ?? Jwt.Text(claims, "sub")}";
        if (roles.Contains(Admin))
            return new Caller(IsAdmin: true) { KeyId = subject, ReadOnly = readOnly };
        if (roles.Contains(Read))
            return new Caller(IsAdmin: true) { KeyId = subject, ReadOnly = true };

        string[] workspaces = [.. roles.Where(role => role.StartsWith(WorkspacePrefix, StringComparison.Ordinal)).Select(role => role[WorkspacePrefix.Length..])];
        string[] names = [.. workspaces.Select(NameOf).Distinct()];
        return names switch
        {
            [] => throw Nothing(),
            [var name] when Names.IsValid(name) => new Caller(IsAdmin: false, name) { KeyId = subject, ReadOnly = readOnly || !workspaces.Contains(name) },
            _ => throw new KithException(ErrorCode.Forbidden, "The token's roles name more than one workspace, or none that there can be"),
        };
    }

    private static string NameOf(string role) => role.EndsWith(ReadSuffix, StringComparison.Ordinal) ? role[..^ReadSuffix.Length] : role;

    private static KithException Nothing() => new(ErrorCode.Forbidden, "The token's roles and scopes open nothing here");
}
