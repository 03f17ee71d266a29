using Kith.Http.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Eliza;

/// <summary>Keys decide the workspace, and what is seen in it.</summary>
public sealed class TenantTests(TenantTests.Fixture fixture) : IClassFixture<TenantTests.Fixture>
{
    private KithHost Host => fixture.Host;

    [Fact]
    public async Task Without_a_key_or_with_a_bad_one_nothing_is_answered()
    {
        foreach (var headers in new Dictionary<string, string>[] { [], new() { ["X-API-KEY"] = "nonsense" }, new() { ["Authorization"] = "Bearer nonsense" } })
        {
            var reply = await Host.SendAsync("GET", $"{ElizaApi.Sessions}/health", (HttpContent?)null, null, headers);
            Assert.Equal((401, "UNAUTHORIZED"), reply.Refusal());
        }
    }

    [Fact]
    public async Task A_key_works_in_the_clients_header_and_as_bearer()
    {
        var key = fixture.KeyOf(new Caller(false, "w"));
        var id = await Host.OpenedAsync(key: key);
        Assert.Equal(200, (await GetAsync(id, key)).Code);
        Assert.Equal(200, (await Host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}", key: key)).Code);
    }

    [Fact]
    public async Task Two_tenants_do_not_see_each_other()
    {
        var (one, other) = (fixture.KeyOf(new Caller(false, "one")), fixture.KeyOf(new Caller(false, "other")));
        var id = await Host.OpenedAsync(key: one);
        Assert.Equal((404, "SESSION_NOT_FOUND"), (await GetAsync(id, other)).Refusal());
        Assert.Equal(404, (await Host.SayAsync(id, new { content = "x" }, other)).Code);
        Assert.Equal(0, (await Host.SendAsync("GET", ElizaApi.Sessions, key: other)).Json!["total"]!.GetValue<int>());
        Assert.Equal(1, (await Host.SendAsync("GET", ElizaApi.Sessions, key: one)).Json!["total"]!.GetValue<int>());
    }

    [Fact]
    public async Task An_admin_chooses_a_workspace_by_header_and_a_tenant_only_its_own()
    {
        var id = await Host.OpenedAsync(key: fixture.KeyOf(new Caller(false, "chosen")));
        Assert.Equal(404, (await GetAsync(id, fixture.KeyOf(Caller.Admin))).Code);
        Assert.Equal(200, (await GetAsync(id, fixture.KeyOf(Caller.Admin), "chosen")).Code);
        Assert.Equal(200, (await GetAsync(id, fixture.KeyOf(new Caller(false, "chosen")), "chosen")).Code);
        Assert.Equal(401, (await GetAsync(id, fixture.KeyOf(new Caller(false, "w")), "chosen")).Code);
        Assert.Equal(400, (await GetAsync(id, fixture.KeyOf(Caller.Admin), "no such/name")).Code);
    }

    [Fact]
    public async Task A_peers_key_sees_the_sessions_of_that_user_only()
    {
        var (alice, bob) = (ElizaApi.NewId(), ElizaApi.NewId());
        var key = fixture.KeyOf(new Caller(false, "peers", alice));
        var own = await Host.OpenedAsync(user: alice, key: key);
        Assert.Equal(401, (await Host.OpenAsync(user: bob, key: key)).Code);
        var others = await Host.OpenedAsync(user: bob, key: fixture.KeyOf(new Caller(false, "peers")));
        Assert.Equal(200, (await GetAsync(own, key)).Code);
        foreach (var (method, path) in new[] { ("GET", ""), ("GET", "/messages"), ("POST", "/messages"), ("POST", "/renew"), ("POST", "/heartbeat"), ("PATCH", "/timeout"), ("DELETE", "") })
            Assert.Equal(404, (await Host.SendAsync(method, $"{ElizaApi.Sessions}/{others}{path}", new { content = "x" }, key)).Code);
        Assert.Equal([own], (await Host.SendAsync("GET", ElizaApi.Sessions, key: key)).Json!["sessions"]!.AsArray().Select(session => session.Text("sessionId")));
        Assert.Equal(1, (await Host.SendAsync("GET", $"{ElizaApi.Sessions}/health", key: key)).Json!["activeSessions"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_sessions_key_opens_that_session_and_nothing_else()
    {
        var owner = fixture.KeyOf(new Caller(false, "sessions"));
        var (own, other) = (await Host.OpenedAsync(key: owner), await Host.OpenedAsync(key: owner));
        var key = fixture.KeyOf(new Caller(false, "sessions", null, own));
        Assert.Equal(201, (await Host.SayAsync(own, new { content = "x" }, key)).Code);
        Assert.Equal(401, (await Host.SayAsync(other, new { content = "x" }, key)).Code);
        Assert.Equal(401, (await Host.OpenAsync(key: key)).Code);
        Assert.Equal(401, (await Host.SendAsync("GET", ElizaApi.Sessions, key: key)).Code);
    }

    private Task<KithHost.Reply> GetAsync(string id, string key, string? workspace = null)
    {
        var headers = new Dictionary<string, string> { ["X-API-KEY"] = key };
        if (workspace is not null)
            headers["X-Kith-Workspace"] = workspace;
        return Host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}", (HttpContent?)null, null, headers);
    }

    public sealed class Fixture : IAsyncDisposable
    {
        internal KithHost Host { get; } = KithHost.With(("Auth:UseAuth", "true"), ("Auth:JwtSecret", "a secret of these tests"));

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        internal string KeyOf(Caller caller) => Host.Services.GetRequiredService<Tokens>().Issue(caller, expires: null);
    }
}
