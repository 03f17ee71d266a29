using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Http.Access;
using Kith.Http.Access.Entra;

namespace Kith.Http.Tests.Access;

/// <summary>A directory of Entra ID made up here: the keys that it publishes, and tokens in its name.</summary>
internal sealed class EntraDirectory(TimeProvider time) : HttpMessageHandler
{
    public const string Tenant = "11111111-2222-4333-8444-555555555555";
    public const string Audience = "api://kith";

    private string _answer = "";

    public static EntraOptions Options { get; } = new() { TenantId = Tenant, Audience = Audience };

    public int Requests { get; private set; }

    public bool IsDown { get; set; }

    public void Answer(string json) => _answer = json;

    public void Publish(params (string Id, RSA Key)[] keys) => _answer = JsonSerializer.Serialize(new
    {
        keys = keys.Select(key => new { kty = "RSA", use = "sig", kid = key.Id, n = Jwt.Encode(key.Key.ExportParameters(false).Modulus), e = Jwt.Encode(key.Key.ExportParameters(false).Exponent) }),
    });

    public JsonObject Claims(string roles = "Kith.Admin", string? scopes = null, Action<JsonObject>? change = null)
    {
        var now = time.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = $"https://login.microsoftonline.com/{Tenant}/v2.0",
            ["aud"] = Audience,
            ["tid"] = Tenant,
            ["oid"] = "someone",
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(24).ToUnixTimeSeconds(),
            ["roles"] = new JsonArray([.. roles.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(role => (JsonNode)role)]),
        };
        if (scopes is not null)
            claims["scp"] = scopes;
        change?.Invoke(claims);
        return claims;
    }

    public static string Token(JsonObject claims, RSA key, string id = "one", JsonObject? header = null)
    {
        var signed = Part(header ?? new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = id }) + "." + Part(claims);
        return $"{signed}.{Jwt.Encode(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Part(JsonObject json) => Jwt.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Requests++;
        Assert.Equal($"https://login.microsoftonline.com/{Tenant}/discovery/v2.0/keys", request.RequestUri!.ToString());
        return Task.FromResult(IsDown
            ? new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)
            : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(_answer) });
    }
}
