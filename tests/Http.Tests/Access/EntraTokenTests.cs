using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Kith.Core;
using Kith.Http.Access;
using Kith.Http.Access.Entra;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Tests.Access;

/// <summary>Tokens of Entra ID against a directory made up here: what is accepted, what it opens, and what is refused.</summary>
public sealed class EntraTokenTests : IDisposable
{
    private const string Tenant = EntraDirectory.Tenant;
    private const string Audience = EntraDirectory.Audience;

    private static readonly EntraOptions Options = EntraDirectory.Options;

    private readonly ManualClock _clock = new();
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _next = RSA.Create(2048);
    private readonly EntraDirectory _directory;
    private readonly SigningKeys _keys;
    private readonly EntraTokens _tokens;

    public EntraTokenTests()
    {
        _directory = new EntraDirectory(_clock);
        _directory.Publish(("one", _rsa));
        _keys = new SigningKeys(Options.Keys, new HttpClient(_directory), _clock);
        _tokens = new EntraTokens(Options, _keys, _clock);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _directory.Dispose();
        _rsa.Dispose();
        _next.Dispose();
    }

    [Theory]
    [InlineData("Kith.Admin", null, true, null, false)]
    [InlineData("Kith.Read", null, true, null, true)]
    [InlineData("Kith.Workspace.demo", null, false, "demo", false)]
    [InlineData("Kith.Workspace.demo.Read", null, false, "demo", true)]
    [InlineData("Kith.Workspace.demo Kith.Workspace.demo.Read", null, false, "demo", false)]
    [InlineData("Kith.Workspace.demo", "openid Kith.Use", false, "demo", false)]
    [InlineData("Kith.Admin", "Kith.Read", true, null, true)]
    public async Task Roles_and_scopes_say_what_a_token_opens(string roles, string? scopes, bool admin, string? workspace, bool readOnly)
    {
        var caller = await VerifyAsync(Token(Claims(roles, scopes)));
        Assert.Equal((admin, workspace, readOnly, "entra:someone"), (caller.IsAdmin, caller.Workspace, caller.ReadOnly, caller.Id));
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Other.Admin", null)]
    [InlineData("Kith.Workspace.a Kith.Workspace.b", null)]
    [InlineData("Kith.Workspace.", null)]
    [InlineData("Kith.Workspace.$system", null)]
    [InlineData("Kith.Admin", "")]
    [InlineData("Kith.Admin", "openid profile")]
    public async Task Roles_that_open_nothing_are_refused(string roles, string? scopes) => await RefusedAsync(Token(Claims(roles, scopes is "" ? " " : scopes)));

    [Fact]
    public async Task Tokens_of_the_first_version_are_accepted() => await VerifyAsync(Token(Claims(change: claims => claims["iss"] = $"https://sts.windows.net/{Tenant}/")));

    [Fact]
    public async Task An_audience_may_be_one_of_several() => await VerifyAsync(Token(Claims(change: claims => claims["aud"] = new JsonArray("other", Audience))));

    public static TheoryData<string, string?> Spoiled => new()
    {
        { "iss", "https://login.microsoftonline.com/99999999-2222-4333-8444-555555555555/v2.0" },
        { "iss", "https://login.microsoftonline.com.evil.example/" },
        { "iss", null },
        { "aud", "api://other" },
        { "aud", "" },
        { "aud", null },
        { "exp", null },
        { "tid", "99999999-2222-4333-8444-555555555555" },
    };

    [Theory]
    [MemberData(nameof(Spoiled))]
    public async Task A_token_for_somebody_else_is_refused(string claim, string? value) => await RefusedAsync(Token(Claims(change: claims =>
    {
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = value;
    })));

    [Theory]
    [InlineData("exp", -61)]
    [InlineData("nbf", 61)]
    public async Task A_token_is_refused_beyond_a_minute_of_skew(string claim, int seconds)
    {
        await RefusedAsync(Token(Claims(change: claims => claims[claim] = _clock.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds())));
        await VerifyAsync(Token(Claims(change: claims => claims[claim] = _clock.GetUtcNow().AddSeconds(seconds - (2 * Math.Sign(seconds))).ToUnixTimeSeconds())));
    }

    [Fact]
    public async Task Another_key_under_the_same_id_is_refused() => await RefusedAsync(Token(Claims(), rsa: _next));

    [Fact]
    public void Only_RS256_is_judged_here_and_nothing_else_is_taken_for_it()
    {
        foreach (var algorithm in new[] { "none", "None", "HS256", "RS384", "RS512", "PS256", "ES256", "rs256", "" })
            Assert.False(_tokens.Claims(Token(Claims(), header: new JsonObject { ["alg"] = algorithm, ["kid"] = "one" })));
        Assert.False(_tokens.Claims("x"));
        Assert.False(new EntraTokens(new EntraOptions(), _keys, _clock).Claims(Token(Claims())));
    }

    [Fact]
    public async Task The_public_key_is_no_secret_to_sign_with()
    {
        // The classic confusion: HS256 with the bytes of the public key as the secret.
        foreach (var secret in new[] { _rsa.ExportRSAPublicKey(), _rsa.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem()), _rsa.ExportParameters(false).Modulus! })
        {
            var signed = Part(new JsonObject { ["alg"] = "HS256", ["kid"] = "one" }) + "." + Part(Claims());
            var token = $"{signed}.{Jwt.Encode(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(signed)))}";
            Assert.False(_tokens.Claims(token));
            await RefusedAsync(token);
            Assert.Throws<KithException>(() => new Tokens(new AuthOptions { JwtSecret = "the server's own" }, _clock).Verify(token));
        }
    }

    [Fact]
    public async Task Headers_that_demand_what_is_not_understood_are_refused()
    {
        await RefusedAsync(Token(Claims(), header: new JsonObject { ["alg"] = "RS256", ["kid"] = "one", ["crit"] = new JsonArray("exp") }));
        await RefusedAsync(Token(Claims(), header: new JsonObject { ["alg"] = "RS256" }));
        await RefusedAsync(Token(Claims(), header: new JsonObject { ["alg"] = "RS256", ["kid"] = "unknown", ["jwk"] = "x", ["jku"] = "https://evil.example" }));
    }

    [Fact]
    public async Task A_new_signing_key_is_found_and_made_up_ones_do_not_ask_the_directory_again_and_again()
    {
        await VerifyAsync(Token(Claims()));
        Assert.Equal(1, _directory.Requests);
        _directory.Publish(("one", _rsa), ("two", _next));
        _clock.Advance(6);
        await VerifyAsync(Token(Claims(), id: "two", rsa: _next));
        Assert.Equal(2, _directory.Requests);
        for (var i = 0; i < 50; i++)
            await RefusedAsync(Token(Claims(), id: $"made-up-{i}"));
        Assert.Equal(2, _directory.Requests);
        _clock.Advance(6);
        await RefusedAsync(Token(Claims(), id: "made-up"));
        Assert.Equal(3, _directory.Requests);
    }

    [Fact]
    public async Task A_token_for_somebody_else_asks_the_directory_nothing()
    {
        await RefusedAsync(Token(Claims(change: claims => claims["aud"] = "other")));
        Assert.Equal(0, _directory.Requests);
    }

    [Fact]
    public async Task A_withdrawn_key_is_forgotten_after_half_a_day()
    {
        await VerifyAsync(Token(Claims()));
        _directory.Publish(("two", _next));
        _clock.Advance(12 * 60 + 1);
        await RefusedAsync(Token(Claims()));
    }

    [Fact]
    public async Task Without_the_directory_known_keys_stay_good_and_unknown_ones_cannot_be_judged()
    {
        _directory.IsDown = true;
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<KithException>(() => VerifyAsync(Token(Claims())))).Code);
        _directory.IsDown = false;
        await VerifyAsync(Token(Claims()));
        _directory.IsDown = true;
        _clock.Advance(13 * 60);
        await VerifyAsync(Token(Claims()));
    }

    [Fact]
    public async Task Short_keys_and_keys_of_other_kinds_are_not_used()
    {
        using var weak = RSA.Create(1024);
        _directory.Publish(("weak", weak));
        await RefusedAsync(Token(Claims(), id: "weak", rsa: weak));
        _directory.Answer("""{"keys":[{"kty":"EC","kid":"one"},{"kty":"RSA","kid":"two","use":"enc","n":"AQAB","e":"AQAB"},{"kty":"RSA","kid":"three"}]}""");
        _clock.Advance(13 * 60);
        await RefusedAsync(Token(Claims()));
    }

    [Fact]
    public async Task Tokens_that_are_changed_anywhere_are_refused()
    {
        var token = Token(Claims());
        var random = new Random(7);
        for (var i = 0; i < 3_000; i++)
        {
            var changed = token.ToCharArray();
            for (var times = random.Next(1, 4); times > 0; times--)
                changed[random.Next(changed.Length)] = "AQZaz09-_.="[random.Next(11)];
            var text = random.Next(10) == 0 ? token[..random.Next(token.Length)] : new string(changed);
            // The last character of a part carries bits that no byte holds.
            if (Jwt.Read(text) is { } jwt && Jwt.Read(token)!.Signed.AsSpan().SequenceEqual(jwt.Signed) && Jwt.Read(token)!.Signature.AsSpan().SequenceEqual(jwt.Signature))
                continue;
            await RefusedAsync(text);
        }
    }

    [Theory]
    [InlineData("common", Audience, null)]
    [InlineData("contoso.onmicrosoft.com", Audience, null)]
    [InlineData(Tenant, null, null)]
    [InlineData(null, Audience, null)]
    [InlineData(Tenant, Audience, "http://login.example")]
    public void Settings_that_would_admit_others_are_refused(string? tenant, string? audience, string? authority)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Auth:Entra:TenantId"] = tenant,
            ["Auth:Entra:Audience"] = audience,
            ["Auth:Entra:Authority"] = authority,
        }).Build();
        Assert.Throws<KithException>(() => EntraOptions.From(configuration));
    }

    private async Task<Caller> VerifyAsync(string token)
    {
        Assert.True(_tokens.Claims(token));
        return await _tokens.VerifyAsync(token, TestContext.Current.CancellationToken);
    }

    private async Task RefusedAsync(string token) =>
        Assert.Equal(ErrorCode.Forbidden, (await Assert.ThrowsAsync<KithException>(async () => await _tokens.VerifyAsync(token, TestContext.Current.CancellationToken))).Code);

    private JsonObject Claims(string roles = "Kith.Admin", string? scopes = null, Action<JsonObject>? change = null) => _directory.Claims(roles, scopes, change);

    private string Token(JsonObject claims, string id = "one", RSA? rsa = null, JsonObject? header = null) => EntraDirectory.Token(claims, rsa ?? _rsa, id, header);

    private static string Part(JsonObject json) => EntraDirectory.Part(json);
}
