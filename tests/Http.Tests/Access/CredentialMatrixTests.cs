using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Kith.Core.Access;
using Kith.Http.Access;
using Kith.Http.Access.Entra;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Access;

/// <summary>Every route against credentials of every other kind than <see cref="GuardTests"/> has: each opens exactly what its counterpart there opens, or nothing.</summary>
public sealed class CredentialMatrixTests : IAsyncLifetime
{
    private const string Secret = "a secret of these tests";
    private const string Before = "the secret before";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly RSA _stranger = RSA.Create(2048);
    private readonly EntraDirectory _directory = new(TimeProvider.System);
    private readonly GuardTests.Fixture _fixture;

    /// <summary>Name, credential, and whose counterpart it is; null opens nothing.</summary>
    private readonly List<(string Name, string Key, string? Like)> _credentials = [];

    public CredentialMatrixTests()
    {
        _directory.Publish(("one", _rsa));
        _fixture = new GuardTests.Fixture(KithHost.Replacing(
            services => services.AddSingleton(provider => new SigningKeys(EntraDirectory.Options.Keys, new HttpClient(_directory), provider.GetRequiredService<TimeProvider>())),
            ("Auth:UseAuth", "true"),
            ("Auth:JwtSecret", Secret),
            ("Auth:PreviousJwtSecret", Before),
            ("Auth:Entra:TenantId", EntraDirectory.Tenant),
            ("Auth:Entra:Audience", EntraDirectory.Audience)));
    }

    public async ValueTask InitializeAsync()
    {
        await _fixture.InitializeAsync();
        await _fixture.Host.SendAsync("POST", "/v3/workspaces", new { id = "v" }, _fixture.KeyOf(Caller.Admin));
        await AddStoredAsync();
        AddSigned();
        AddEntra();
    }

    public async ValueTask DisposeAsync()
    {
        await _fixture.DisposeAsync();
        _directory.Dispose();
        _rsa.Dispose();
        _stranger.Dispose();
    }

    [Fact]
    public async Task Every_route_admits_exactly_the_credentials_of_its_guard()
    {
        var wrong = new List<string>();
        // What is admitted is carried out: deletions come last, that of the workspace after all others.
        foreach (var route in _fixture.Routes.OrderBy(route => GuardTests.Fixture.MethodOf(route) == "DELETE").ThenBy(RemovesWorkspace))
        {
            var admitted = _credentials.ToLookup(credential => credential.Like is { } like && GuardTests.Expected(route, like));
            // Who has removed the workspace has removed its keys.
            foreach (var credential in admitted[false].Concat(RemovesWorkspace(route) ? [] : admitted[true]))
            {
                var reply = await _fixture.SendAsync(route, credential.Key);
                if (reply.Code >= 500 || (reply.Code != 401) != admitted[true].Contains(credential))
                    wrong.Add($"{GuardTests.Fixture.MethodOf(route)} {route.RoutePattern.RawText} with {credential.Name}: {reply.Code} {reply.Text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(_credentials.Count >= 30);
    }

    private static bool RemovesWorkspace(RouteEndpoint route) =>
        GuardTests.Fixture.MethodOf(route) == "DELETE" && route.RoutePattern.RawText!.TrimEnd('/').EndsWith("workspaces/{workspace}", StringComparison.Ordinal);

    private async Task AddStoredAsync()
    {
        var keys = _fixture.Host.Services.GetRequiredService<Core.Access.Keys>();
        foreach (var (name, caller) in GuardTests.Keys.Where(key => key.Value.IsAdmin || key.Value.Workspace is not null).Where(key => key.Value is not { Peer: not null, Session: not null }))
        {
            var wanted = new NewKey("n", caller.Workspace, caller.Peer, caller.Session, caller.ReadOnly);
            Add($"a stored key, {name}", (await keys.CreateAsync(wanted, Cancel)).Token, name);
        }

        var (key, first) = await keys.CreateAsync(new NewKey("n", "w"), Cancel);
        var (_, second) = await keys.RotateAsync("w", key.Id, TimeSpan.FromHours(1), Cancel);
        Add("the older secret of a key that is being rotated", first, "workspace");
        Add("the newer secret of a key that is being rotated", second, "workspace");
        var (_, other) = await keys.CreateAsync(new NewKey("n", "w"), Cancel);
        const int SecretAt = 27;
        Add("the secret of another key", second[..SecretAt] + other[SecretAt..], null);

        (key, first) = await keys.CreateAsync(new NewKey("n", "w"), Cancel);
        (_, second) = await keys.RotateAsync("w", key.Id, TimeSpan.Zero, Cancel);
        Add("the secret that was replaced at once", first, null);
        Add("the secret that replaced it", second, "workspace");

        (key, first) = await keys.CreateAsync(new NewKey("n"), Cancel);
        await keys.RevokeAsync(null, key.Id, Cancel);
        Add("a revoked key of the server", first, null);
        (key, first) = await keys.CreateAsync(new NewKey("n", "w"), Cancel);
        await keys.RevokeAsync("w", key.Id, Cancel);
        Add("a revoked key", first, null);

        (_, first) = await keys.CreateAsync(new NewKey("n", "w", ExpiresAt: DateTimeOffset.UtcNow.AddSeconds(2)), Cancel);
        Add("an expired key", first, null);
        await Task.Delay(TimeSpan.FromSeconds(2.1), Cancel);
        Add("half a key", first[..^20], null);
    }

    private void AddSigned()
    {
        var yesterday = DateTimeOffset.UtcNow.AddDays(-1);
        var admin = _fixture.KeyOf(Caller.Admin);
        Add("a token that the secret before signed", Signed(Before).Issue(Caller.Admin, null), "admin");
        Add("a token that a stranger signed", Signed("a stranger's").Issue(Caller.Admin, null), null);
        Add("an expired token", Signed(Secret).Issue(Caller.Admin, yesterday), null);
        Add("a token that nobody signed", EntraDirectory.Part(new JsonObject { ["alg"] = "none" }) + "." + admin.Split('.')[1] + ".", null);
        Add("a token without its signature", admin[..(admin.LastIndexOf('.') + 1)], null);
        Add("no token at all", "x", null);

        static Tokens Signed(string secret) => new(new AuthOptions { JwtSecret = secret }, TimeProvider.System);
    }

    private void AddEntra()
    {
        Add("an Entra token, admin", Entra("Kith.Admin"), "admin");
        Add("an Entra token that reads", Entra("Kith.Read"), "reading admin");
        Add("an Entra token of the workspace", Entra("Kith.Workspace.w"), "workspace");
        Add("an Entra token that reads the workspace", Entra("Kith.Workspace.w.Read"), "reading workspace");
        Add("an Entra token of another workspace", Entra("Kith.Workspace.v"), "other workspace");
        Add("an Entra token without a role", Entra(""), null);
        Add("an Entra token for somebody else", Entra("Kith.Admin", claims => claims["aud"] = "api://other"), null);
        Add("an Entra token of another directory", Entra("Kith.Admin", claims => claims["tid"] = "99999999-2222-4333-8444-555555555555"), null);
        Add("an expired Entra token", Entra("Kith.Admin", claims => claims["exp"] = DateTimeOffset.UtcNow.AddHours(-1).ToUnixTimeSeconds()), null);
        Add("an Entra token that a stranger signed", EntraDirectory.Token(_directory.Claims(), _stranger), null);

        string Entra(string roles, Action<JsonObject>? change = null) => EntraDirectory.Token(_directory.Claims(roles, change: change), _rsa);
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private void Add(string name, string key, string? like) => _credentials.Add((name, key, like));
}
