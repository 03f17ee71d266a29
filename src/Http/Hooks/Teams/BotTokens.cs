using System.Security.Cryptography;
using System.Text.Json;
using Kith.Core;
using Kith.Http.Access;
using Kith.Http.Access.Entra;

namespace Kith.Http.Hooks.Teams;

/// <summary>
/// Tokens that Azure Bot Service sends with every activity: RS256 by one of its own keys, endorsed for the channel, or by Entra ID for the service's own directories,
/// to which it is moving. A token of another caller in the bot's directory is none: it could say anything in anybody's name.
/// </summary>
/// <param name="service">The keys of Bot Service itself.</param>
/// <param name="directories">The keys of its directories in Entra ID, by id.</param>
internal sealed class BotTokens(SigningKeys service, IReadOnlyDictionary<string, SigningKeys> directories, TimeProvider time) : IDisposable
{
    private const string Algorithm = "RS256";
    private const string ServiceIssuer = "https://api.botframework.com";

    /// <summary>Microsoft's own, as its SDK for agents lists them.</summary>
    public static IReadOnlyList<string> Directories { get; } = ["d6d49420-f39b-4df7-a1dc-d59a935871db", "f8cdef31-a31e-4b4a-93e4-5f571e91255a", "69e9b82d-4842-4902-8d1e-abc5b98a55e8"];

    /// <summary>Where both publish their keys.</summary>
    public static BotTokens Of(TimeProvider time, HttpClient client) => new(
        new SigningKeys(new Uri("https://login.botframework.com/v1/.well-known/openidconfiguration"), client, time),
        Directories.ToDictionary(directory => directory, directory => new SigningKeys(new Uri($"https://login.microsoftonline.com/{directory}/discovery/v2.0/keys"), client, time)),
        time);

    /// <summary>Whether the service says that this activity came through it, to this app.</summary>
    /// <exception cref="KithException">Unavailable: the keys cannot be read now.</exception>
    public async ValueTask<bool> VerifyAsync(string token, string app, Activity activity, CancellationToken cancellationToken)
    {
        try
        {
            if (Jwt.Read(token) is not { Algorithm: Algorithm } jwt || jwt.Header.TryGetProperty("crit", out _) || Jwt.Text(jwt.Header, "kid") is not { } id)
                return false;
            var (claims, issuer) = (jwt.Claims, Jwt.Text(jwt.Claims, "iss"));
            if (KeysOf(issuer) is not { } keys || Jwt.Text(claims, "aud") is not { } audience || !audience.Equals(app, StringComparison.OrdinalIgnoreCase))
                return false;
            var isOwn = issuer == ServiceIssuer;
            var key = await keys.FindAsync(id, cancellationToken);
            if (key?.Key.VerifyData(jwt.Signed, jwt.Signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1) != true || (isOwn && !key.Endorsements.Contains(activity.ChannelId)))
                return false;
            var address = Jwt.Text(claims, "serviceurl") ?? Jwt.Text(claims, "serviceUrl");
            return IsNow(claims) && (isOwn ? address == activity.ServiceUrl : address is null || address == activity.ServiceUrl);
        }
        catch (KithException malformed) when (malformed.Code == ErrorCode.Forbidden)
        {
            return false;
        }
    }

    public void Dispose()
    {
        service.Dispose();
        foreach (var keys in directories.Values)
            keys.Dispose();
    }

    private SigningKeys? KeysOf(string? issuer) => issuer == ServiceIssuer ? service
        : directories.FirstOrDefault(directory => issuer == $"https://login.microsoftonline.com/{directory.Key}/v2.0" || issuer == $"https://sts.windows.net/{directory.Key}/").Value;

    private bool IsNow(JsonElement claims)
    {
        var (now, skew) = (time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0, HookRequest.Window.TotalSeconds);
        return Jwt.Seconds(claims, "exp") > now - skew && !(Jwt.Seconds(claims, "nbf") > now + skew);
    }

    /// <param name="ServiceUrl">Where answers go.</param>
    internal sealed record Activity(string ChannelId, string ServiceUrl);
}
