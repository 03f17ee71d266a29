using Kith.Http.Access;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Access;

/// <summary>Every route against every kind of key. Of workspace w: alice is asked for; carol is in session s, bob is not.</summary>
public sealed class GuardTests(GuardTests.Fixture fixture) : IClassFixture<GuardTests.Fixture>
{
    private const string Reading = "reading ";

    /// <summary>What needs no key, or asks for a signature instead. A route that is open and not among these is open by mistake.</summary>
    private static readonly string[] Open = ["/.well-known/oauth-protected-resource", "/.well-known/oauth-protected-resource/mcp", "/console", "/console/{**file}", "/docs", "/docs/oauth2-redirect", "/health", "/hooks/{platform}/{connection}", "/hooks/{platform}/{connection}", "/metrics", "/openapi.json", "/redoc"];

    /// <summary>The POSTs that are questions, and the GETs that do something; every other POST changes something, and every other GET nothing.</summary>
    private static readonly string[] Questions = ["list", "search", "query", "chat", "representation", "mcp"];

    internal static readonly Dictionary<string, Caller> Keys = new()
    {
        ["admin"] = Caller.Admin,
        ["workspace"] = new(false, "w"),
        ["other workspace"] = new(false, "v"),
        ["alice"] = new(false, "w", "alice"),
        ["alice elsewhere"] = new(false, "v", "alice"),
        ["bob"] = new(false, "w", "bob"),
        ["carol"] = new(false, "w", "carol"),
        ["session"] = new(false, "w", null, "s"),
        ["session elsewhere"] = new(false, "v", null, "s"),
        ["other session"] = new(false, "w", null, "t"),
        ["alice in session"] = new(false, "w", "alice", "s"),
        ["nobody"] = new(false),
        ["reading admin"] = new(true) { ReadOnly = true },
        ["reading workspace"] = new(false, "w") { ReadOnly = true },
        ["reading alice"] = new(false, "w", "alice") { ReadOnly = true },
        ["reading carol"] = new(false, "w", "carol") { ReadOnly = true },
        ["reading session"] = new(false, "w", null, "s") { ReadOnly = true },
    };

    /// <summary>Of the keys that may also write; one that only reads is admitted where its counterpart is, to what only reads.</summary>
    private static readonly Dictionary<Guard, string[]> Admitted = new()
    {
        [Guard.Admin] = ["admin"],
        [Guard.Workspace] = ["admin", "workspace"],
        [Guard.Peer] = ["admin", "workspace", "alice"],
        [Guard.Session] = ["admin", "workspace", "session", "alice in session"],
        [Guard.SessionMember] = ["admin", "workspace", "session", "alice in session", "carol"],
        // In their own workspaces, whatever they find there; a key of a session opens it only.
        [Guard.Tenant] = ["admin", "workspace", "other workspace", "alice", "alice elsewhere", "bob", "carol"],
        [Guard.TenantSession] = [.. Keys.Keys.Where(name => !name.StartsWith(Reading, StringComparison.Ordinal)).Except(["other session", "nobody"])],
        [Guard.Self] = [.. Keys.Keys.Where(name => !name.StartsWith(Reading, StringComparison.Ordinal))],
    };

    /// <summary>Of the protocol; the older one is guarded by the newer one's rules.</summary>
    private static readonly string[] Versions = ["v2", "v3"];

    [Fact]
    public void Every_route_has_a_guard_and_none_is_open_but_the_pages()
    {
        Assert.All(fixture.All, route => Assert.NotNull(route.Metadata.GetMetadata<GuardMetadata>()));
        Assert.Equal(Open, fixture.All.Except(fixture.Routes).Select(route => '/' + route.RoutePattern.RawText!.TrimStart('/')).Order(StringComparer.Ordinal));
        Assert.NotEmpty(fixture.Routes);
    }

    [Fact]
    public async Task Every_route_admits_exactly_the_keys_of_its_guard()
    {
        // Of its own, and deletions last: what is admitted is carried out.
        await using var own = new Fixture();
        await own.InitializeAsync();
        var wrong = new List<string>();
        foreach (var route in own.Routes.OrderBy(route => Fixture.MethodOf(route) == "DELETE"))
        {
            foreach (var (name, caller) in Keys)
            {
                var expected = Expected(route, name);
                var reply = await own.SendAsync(route, own.KeyOf(caller));
                if (reply.Code >= 500 || (reply.Code != 401) != expected)
                    wrong.Add($"{Fixture.MethodOf(route)} {route.RoutePattern.RawText} with the key of {name}: {reply.Code} {reply.Text}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    internal static bool Expected(RouteEndpoint route, string name)
    {
        var admitted = Admitted[route.Metadata.GetRequiredMetadata<GuardMetadata>().Guard];
        return name.StartsWith(Reading, StringComparison.Ordinal) ? Reads(route) && admitted.Contains(name[Reading.Length..]) : admitted.Contains(name);
    }

    private static bool Reads(RouteEndpoint route)
    {
        var path = route.RoutePattern.RawText!.TrimEnd('/');
        return Fixture.MethodOf(route) switch
        {
            "GET" => !path.EndsWith("/webhooks/test", StringComparison.Ordinal),
            "POST" => Questions.Contains(path.Split('/')[^1]) || path.EndsWith("/peers/{peer}/sessions", StringComparison.Ordinal),
            _ => false,
        };
    }

    [Fact]
    public async Task Every_route_refuses_requests_without_a_key()
    {
        foreach (var route in fixture.Routes)
        {
            var reply = await fixture.SendAsync(route, key: null);
            Assert.Equal(401, reply.Code);
            Assert.Contains("No access token provided", reply.Text);
            // A client of the Model Context Protocol is told where keys come from (tests/Clients/McpClientTests.cs).
            Assert.Equal(route.RoutePattern.RawText == "/mcp", reply.Headers.WwwAuthenticate.Count > 0);
        }
    }

    [Theory]
    [InlineData("/health")]
    [InlineData("/docs")]
    [InlineData("/openapi.json")]
    public async Task Health_and_documentation_need_no_key(string path) => Assert.Equal(200, (await fixture.Host.SendAsync("GET", path)).Code);

    [Fact]
    public async Task Broken_JSON_is_reported_before_a_missing_key() => Assert.Equal(422, (await fixture.Host.SendAsync("POST", "/v3/workspaces", "{bad")).Code);

    [Fact]
    public async Task A_missing_key_is_reported_before_a_bad_schema() => Assert.Equal(401, (await fixture.Host.SendAsync("POST", "/v3/workspaces", "{}")).Code);

    [Theory]
    [InlineData("workspaces", "w", "workspace", true)]
    [InlineData("workspaces", "w", "alice", true)]
    [InlineData("workspaces", "new", "workspace", false)]
    [InlineData("workspaces", "new", "nobody", false)]
    [InlineData("workspaces/w/peers", "alice", "alice", true)]
    [InlineData("workspaces/w/peers", "bob", "workspace", true)]
    [InlineData("workspaces/w/peers", "bob", "alice", false)]
    [InlineData("workspaces/w/peers", "bob", "session", false)]
    [InlineData("workspaces/w/peers", "bob", "other workspace", false)]
    [InlineData("workspaces/w/peers", "bob", "nobody", false)]
    [InlineData("workspaces/w/sessions", "s", "session", true)]
    [InlineData("workspaces/w/sessions", "t", "session", false)]
    [InlineData("workspaces/w/sessions", "s", "carol", false)]
    [InlineData("workspaces/w/sessions", "s", "other workspace", false)]
    [InlineData("workspaces/w/sessions", "s", "nobody", false)]
    public async Task Creation_compares_the_key_with_the_body(string path, string id, string key, bool admitted)
    {
        foreach (var version in Versions)
        {
            var reply = await fixture.Host.SendAsync("POST", $"/{version}/{path}", new { id }, fixture.KeyOf(Keys[key]));
            Assert.Equal(admitted ? (200, "") : (401, """{"detail":"Unauthorized access to resource"}"""), (reply.Code, admitted ? "" : reply.Text));
        }
    }

    [Fact]
    public async Task Creation_refused_leaves_nothing_behind()
    {
        foreach (var version in Versions)
            await fixture.Host.SendAsync("POST", $"/{version}/workspaces/w/peers", new { id = "intruder" }, fixture.KeyOf(Keys["nobody"]));
        var reply = await fixture.Host.SendAsync("POST", "/v3/workspaces/w/peers/list", new { filters = new { id = "intruder" } }, fixture.KeyOf(Caller.Admin));
        Assert.Equal(0, reply.Json!["total"]!.GetValue<int>());
    }

    [Theory]
    [InlineData("""{"query":"q","session_id":"s"}""", "carol", 200)]
    [InlineData("""{"query":"q","session_id":"s"}""", "bob", 401)]
    [InlineData("""{"query":"q","filters":{"session_id":["s"]}}""", "carol", 200)]
    [InlineData("""{"query":"q","filters":{"session_id":["s","t"]}}""", "carol", 401)]
    [InlineData("""{"query":"q","scope":"x"}""", "carol", 401)]
    [InlineData("""{"query":"q"}""", "carol", 200)]
    public async Task A_peers_key_draws_only_from_sessions_that_the_peer_is_in(string body, string peer, int status)
    {
        Assert.Equal(status, (await fixture.Host.SendAsync("POST", $"/v3/workspaces/w/peers/{peer}/chat", body, fixture.KeyOf(Keys[peer]))).Code);
        Assert.Equal(status, (await fixture.Host.SendAsync("POST", $"/v3/workspaces/w/peers/{peer}/representation", body, fixture.KeyOf(Keys[peer]))).Code);
    }

    [Theory]
    [InlineData("""{"query":"q","session_id":"s"}""", "carol", 200)]
    [InlineData("""{"query":"q","session_id":"s"}""", "bob", 401)]
    [InlineData("""{"query":"q"}""", "carol", 200)]
    public async Task A_peers_key_draws_from_no_other_sessions_in_v2_either(string body, string peer, int status)
    {
        Assert.Equal(status, (await fixture.Host.SendAsync("POST", $"/v2/workspaces/w/peers/{peer}/chat", body, fixture.KeyOf(Keys[peer]))).Code);
        Assert.Equal(status, (await fixture.Host.SendAsync("POST", $"/v2/workspaces/w/peers/{peer}/representation", body, fixture.KeyOf(Keys[peer]))).Code);
    }

    [Theory]
    [InlineData("peer_target=carol", 200)]
    [InlineData("peer_target=alice&peer_perspective=carol", 200)]
    [InlineData("peer_target=alice", 401)]
    [InlineData("peer_target=carol&peer_perspective=alice", 401)]
    [InlineData("peer_target=carol&scope=x", 401)]
    public async Task A_peers_key_reads_contexts_through_its_own_eyes_only(string query, int status)
    {
        foreach (var version in Versions)
            Assert.Equal(status, (await fixture.Host.SendAsync("GET", $"/{version}/workspaces/w/sessions/s/context?{query}", key: fixture.KeyOf(Keys["carol"]))).Code);
    }

    [Fact]
    public async Task A_peers_key_reads_its_own_settings_only()
    {
        foreach (var version in Versions)
        {
            Assert.Equal(200, (await fixture.Host.SendAsync("GET", $"/{version}/workspaces/w/sessions/s/peers/carol/config", key: fixture.KeyOf(Keys["carol"]))).Code);
            Assert.Equal(401, (await fixture.Host.SendAsync("GET", $"/{version}/workspaces/w/sessions/s/peers/dave/config", key: fixture.KeyOf(Keys["carol"]))).Code);
        }
    }

    [Fact]
    public async Task A_created_key_with_an_expiry_works_until_then()
    {
        var admin = fixture.KeyOf(Caller.Admin);
        var valid = await fixture.Host.SendAsync("POST", "/v3/keys?workspace_id=w&peer_id=alice&expires_at=2999-01-01T00:00:00Z", key: admin);
        var expired = await fixture.Host.SendAsync("POST", "/v3/keys?workspace_id=w&peer_id=alice&expires_at=2020-01-01T00:00:00Z", key: admin);
        Assert.Equal(200, (await fixture.Host.SendAsync("GET", "/v3/workspaces/w/peers/alice/context", key: valid.Json!["key"]!.GetValue<string>())).Code);
        Assert.Equal(401, (await fixture.Host.SendAsync("GET", "/v3/workspaces/w/peers/alice/context", key: expired.Json!["key"]!.GetValue<string>())).Code);
    }

    [Theory]
    [InlineData("", 422)]
    [InlineData("?workspace_id=", 422)]
    [InlineData("?peer_id=alice", 422)]
    [InlineData("?session_id=s", 422)]
    [InlineData("?workspace_id=w&expires_at=soon", 422)]
    [InlineData("?workspace_id=w", 200)]
    public async Task Keys_need_a_workspace(string query, int status)
    {
        foreach (var version in Versions)
            Assert.Equal(status, (await fixture.Host.SendAsync("POST", $"/{version}/keys{query}", key: fixture.KeyOf(Caller.Admin))).Code);
    }

    public sealed class Fixture : IAsyncLifetime
    {
        public Fixture()
            : this(KithHost.With(("Auth:UseAuth", "true"), ("Auth:JwtSecret", "a secret of these tests")))
        {
        }

        internal Fixture(KithHost host) => Host = host;

        public KithHost Host { get; }

        internal IReadOnlyList<RouteEndpoint> All { get; private set; } = [];

        internal IReadOnlyList<RouteEndpoint> Routes { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            All = [.. Host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()];
            Routes = [.. All.Where(route => route.Metadata.GetMetadata<GuardMetadata>()?.Guard != Guard.Open)];
            var admin = KeyOf(Caller.Admin);
            await Host.SendAsync("POST", "/v3/workspaces/w/sessions", new { id = "s", peers = new { carol = new { }, dave = new { } } }, admin);
            await Host.SendAsync("POST", "/v3/workspaces/w/sessions", new { id = "t" }, admin);
            await Host.SendAsync("POST", "/v3/workspaces/w/peers", new { id = "alice" }, admin);
            await Host.SendAsync("POST", "/v3/workspaces/w/peers", new { id = "bob" }, admin);
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        internal static string MethodOf(RouteEndpoint route) => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";

        internal string KeyOf(Caller caller) => Host.Services.GetRequiredService<Tokens>().Issue(caller, expires: null);

        /// <summary>A request with a body of the wrong shape, so that most of what is admitted ends there.</summary>
        internal Task<KithHost.Reply> SendAsync(RouteEndpoint route, string? key)
        {
            var pattern = route.RoutePattern.RawText!.TrimEnd('/');
            var path = pattern.Replace("{workspace}", "w").Replace("{peer}", pattern.Contains("sessions/") ? "carol" : "alice").Replace("{session}", "s")
                .Replace("{message}", "x").Replace("{conclusion}", "x").Replace("{scope}", "x").Replace("{webhook}", "x").Replace("{workflow}", "x").Replace("{agent}", "x").Replace("{key}", "x").Replace("{connection}", "x").Replace("{linked}", "x");
            return Host.SendAsync(MethodOf(route), path, "\"wrong\"", key);
        }
    }
}
