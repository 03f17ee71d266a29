using Kith.Http.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Tests.Access;

/// <summary>Keys that are made, used, rotated and revoked through the API.</summary>
public sealed class KeyTests : IAsyncLifetime
{
    private readonly ManualClock _clock = new();
    private readonly KithHost _host;
    private readonly string _admin;

    public KeyTests()
    {
        _host = KithHost.At(_clock, ("Auth:UseAuth", "true"), ("Auth:JwtSecret", "a secret of these tests"), ("Auth:PreviousJwtSecret", "the one before"));
        _admin = _host.Services.GetRequiredService<Tokens>().Issue(Caller.Admin, null);
    }

    public async ValueTask InitializeAsync()
    {
        foreach (var workspace in new[] { "w", "v" })
        {
            await _host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions", new { id = "s", peers = new { alice = new { } } }, _admin);
            await _host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions", new { id = "t", peers = new { bob = new { } } }, _admin);
        }
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("{\"name\":\"n\"}", "w", "alice", "s", true, true)]
    [InlineData("{\"name\":\"n\"}", "v", "alice", "s", false, false)]
    [InlineData("{\"name\":\"n\",\"peer\":\"alice\"}", "w", "alice", "s", true, false)]
    [InlineData("{\"name\":\"n\",\"peer\":\"alice\"}", "w", "bob", "t", false, false)]
    [InlineData("{\"name\":\"n\",\"session\":\"s\"}", "w", "alice", "s", false, true)]
    [InlineData("{\"name\":\"n\",\"session\":\"s\"}", "w", "alice", "t", false, false)]
    [InlineData("{\"name\":\"n\",\"read_only\":true}", "w", "alice", "s", true, false)]
    public async Task A_key_opens_what_it_is_for(string body, string workspace, string peer, string session, bool reads, bool writes)
    {
        var key = await MadeAsync(body);
        Assert.Equal(reads ? 200 : 401, await CodeAsync("GET", $"/v3/workspaces/{workspace}/peers/{peer}/card", key));
        Assert.Equal(writes ? 201 : 401, await CodeAsync("POST", $"/v3/workspaces/{workspace}/sessions/{session}/messages", key, """{"messages":[{"content":"x","peer_id":"alice"}]}"""));
        Assert.Equal(401, await CodeAsync("POST", "/v3/workspaces/list", key));
    }

    [Fact]
    public async Task A_key_of_the_server_opens_all_of_it()
    {
        var made = await _host.SendAsync("POST", "/v1/keys", new { name = "ops" }, _admin);
        Assert.Equal(201, made.Code);
        var key = made.Json!["token"]!.GetValue<string>();
        Assert.Equal(200, await CodeAsync("POST", "/v3/workspaces/list", key));
        Assert.Equal(1, (await _host.SendAsync("GET", "/v1/keys", key: key)).Json!["total"]!.GetValue<int>());
        Assert.Equal(401, await CodeAsync("POST", "/v1/keys", await MadeAsync("{\"name\":\"n\"}"), "{\"name\":\"n\"}"));
    }

    [Fact]
    public async Task A_revoked_key_opens_nothing()
    {
        var (key, id) = await IssuedAsync("{\"name\":\"n\"}");
        Assert.Equal(200, await CodeAsync("GET", "/v1/workspaces/w/settings", key));
        Assert.Equal(204, await CodeAsync("DELETE", $"/v1/workspaces/w/keys/{id}", _admin));
        Assert.Equal(401, await CodeAsync("GET", "/v1/workspaces/w/settings", key));
        var listed = (await _host.SendAsync("GET", $"/v1/workspaces/w/keys/{id}", key: _admin)).Json!;
        Assert.Equal("revoked", listed["state"]!.GetValue<string>());
        Assert.Equal(409, await CodeAsync("POST", $"/v1/workspaces/w/keys/{id}/rotate", _admin, "{}"));
    }

    [Fact]
    public async Task An_expired_key_opens_nothing()
    {
        var key = await MadeAsync($$"""{"name":"n","expires_at":"{{_clock.GetUtcNow().AddMinutes(10):O}}"}""");
        Assert.Equal(200, await CodeAsync("GET", "/v1/workspaces/w/settings", key));
        _clock.Advance(11);
        Assert.Equal(401, await CodeAsync("GET", "/v1/workspaces/w/settings", key));
    }

    [Fact]
    public async Task Two_secrets_of_a_key_work_while_it_is_rotated_and_never_three()
    {
        var (first, id) = await IssuedAsync("{\"name\":\"n\"}");
        var second = await RotatedAsync(id, "{\"overlap_hours\":1}");
        Assert.Equal((200, 200), (await SettingsAsync(first), await SettingsAsync(second)));
        var third = await RotatedAsync(id, "{\"overlap_hours\":1}");
        Assert.Equal((401, 200, 200), (await SettingsAsync(first), await SettingsAsync(second), await SettingsAsync(third)));
        _clock.Advance(61);
        Assert.Equal((401, 401, 200), (await SettingsAsync(first), await SettingsAsync(second), await SettingsAsync(third)));
        var last = await RotatedAsync(id, "{\"overlap_hours\":0}");
        Assert.Equal((401, 200), (await SettingsAsync(third), await SettingsAsync(last)));
    }

    [Fact]
    public async Task The_secret_is_shown_once_and_only_its_hash_is_kept()
    {
        var (key, id) = await IssuedAsync("{\"name\":\"n\"}");
        var secret = key.Split('_', 2)[1][22..65];
        Assert.DoesNotContain(secret, (await _host.SendAsync("GET", $"/v1/workspaces/w/keys/{id}", key: _admin)).Text, StringComparison.Ordinal);
        var store = _host.Services.GetRequiredService<Core.Storage.IDocumentStore>();
        var document = await store.ReadAsync(Core.Storage.Partition.Directory("w", "$workspace"), id, TestContext.Current.CancellationToken);
        Assert.DoesNotContain(secret, System.Text.Encoding.UTF8.GetString(document!.Body.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_use_is_known_to_within_minutes()
    {
        var (key, id) = await IssuedAsync("{\"name\":\"n\"}");
        Assert.Null((await _host.SendAsync("GET", $"/v1/workspaces/w/keys/{id}", key: _admin)).Json!["last_used_at"]);
        await SettingsAsync(key);
        Assert.NotNull((await _host.SendAsync("GET", $"/v1/workspaces/w/keys/{id}", key: _admin)).Json!["last_used_at"]);
    }

    [Fact]
    public async Task A_key_of_the_protocol_can_be_listed_and_revoked_too()
    {
        var key = (await _host.SendAsync("POST", "/v3/keys?workspace_id=w", key: _admin)).Json!["key"]!.GetValue<string>();
        Assert.Equal(200, await SettingsAsync(key));
        var id = (await _host.SendAsync("GET", "/v1/workspaces/w/keys", key: _admin)).Json!["items"]![0]!["id"]!.GetValue<string>();
        await _host.SendAsync("DELETE", $"/v1/workspaces/w/keys/{id}", key: _admin);
        Assert.Equal(401, await SettingsAsync(key));
    }

    [Fact]
    public async Task Keys_that_the_secret_before_signed_still_work()
    {
        var before = new Tokens(new AuthOptions { JwtSecret = "the one before" }, _clock).Issue(Caller.Admin, null);
        Assert.Equal(200, await SettingsAsync(before));
        Assert.Equal(401, await SettingsAsync(new Tokens(new AuthOptions { JwtSecret = "one before that" }, _clock).Issue(Caller.Admin, null)));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"name\":\"\"}")]
    [InlineData("{\"name\":\"n\",\"peer\":\"a b\"}")]
    [InlineData("{\"name\":\"n\",\"peer\":\"a\",\"session\":\"s\"}")]
    [InlineData("{\"name\":\"n\",\"expires_at\":\"2020-01-01T00:00:00Z\"}")]
    [InlineData("{\"name\":\"n\",\"admin\":true}")]
    public async Task A_key_that_makes_no_sense_is_refused(string body) => Assert.Equal(400, await CodeAsync("POST", "/v1/workspaces/w/keys", _admin, body));

    [Theory]
    [InlineData("kith_")]
    [InlineData("kith_x_y_w")]
    [InlineData("kith_aaaaaaaaaaaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_w")]
    [InlineData("kith_aaaaaaaaaaaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa_$system")]
    [InlineData("kith_aaaaaaaaaaaaaaaaaaaaa_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task What_only_looks_like_a_key_opens_nothing(string key) => Assert.Equal(401, await SettingsAsync(key));

    private Task<int> SettingsAsync(string key) => CodeAsync("GET", "/v1/workspaces/w/settings", key);

    private async Task<int> CodeAsync(string method, string path, string key, string? body = null) => (await _host.SendAsync(method, path, body, key)).Code;

    private async Task<string> RotatedAsync(string id, string body) =>
        (await _host.SendAsync("POST", $"/v1/workspaces/w/keys/{id}/rotate", body, _admin)).Json!["token"]!.GetValue<string>();

    private async Task<string> MadeAsync(string body) => (await IssuedAsync(body)).Token;

    private async Task<(string Token, string Id)> IssuedAsync(string body)
    {
        var made = await _host.SendAsync("POST", "/v1/workspaces/w/keys", body, _admin);
        Assert.Equal(201, made.Code);
        return (made.Json!["token"]!.GetValue<string>(), made.Json["key"]!["id"]!.GetValue<string>());
    }
}
