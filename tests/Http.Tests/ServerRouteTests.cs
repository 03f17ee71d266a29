using System.Text.Json.Nodes;

namespace Kith.Http.Tests;

public sealed class ServerRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task Health_is_open_and_says_ok()
    {
        var reply = await host.SendAsync("GET", "/health");
        Assert.Equal((200, """{"status":"ok"}""", "application/json"), (reply.Code, reply.Text, reply.Type));
    }

    [Fact]
    public async Task Health_by_HEAD_is_not_allowed() => Assert.Equal(405, (await host.SendAsync("HEAD", "/health")).Code);

    [Theory]
    [InlineData("/docs")]
    [InlineData("/redoc")]
    [InlineData("/docs/oauth2-redirect")]
    public async Task Documentation_is_served_without_requests_to_others(string path)
    {
        var reply = await host.SendAsync("GET", path);
        Assert.Equal(200, reply.Code);
        Assert.Equal("text/html; charset=utf-8", reply.Type);
        Assert.DoesNotContain("http", reply.Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Docs_list_every_route() =>
        Assert.Contains("/v3/workspaces/{workspace}/peers/{peer}/chat", (await host.SendAsync("GET", "/docs")).Text);

    [Fact]
    public async Task OpenApi_describes_bodies_queries_and_answers()
    {
        var document = (await host.SendAsync("GET", "/openapi.json")).Json!;
        Assert.Equal("Kith API", document["info"]!["title"]!.GetValue<string>());
        Assert.StartsWith("3.1", document["openapi"]!.GetValue<string>());
        var list = document["paths"]!["/v3/workspaces/{workspace}/peers/list"]!["post"]!;
        Assert.Contains(list["parameters"]!.AsArray(), parameter => parameter!["name"]!.GetValue<string>() == "reverse");
        Assert.NotNull(list["requestBody"]);
        Assert.NotNull(list["responses"]!["200"]!["content"]!["application/json"]!["schema"]);
    }

    [Fact]
    public async Task OpenApi_describes_v2_with_its_own_names_and_statuses()
    {
        var paths = (await host.SendAsync("GET", "/openapi.json")).Json!["paths"]!;
        Assert.Equal(["200"], paths["/v2/workspaces"]!["post"]!["responses"]!.AsObject().Select(response => response.Key).Where(status => status[0] == '2'));
        Assert.Contains(paths["/v2/workspaces/{workspace}/sessions/{session}/context"]!["get"]!["parameters"]!.AsArray(), parameter => parameter!["name"]!.GetValue<string>() == "last_message");
        var representation = paths["/v2/workspaces/{workspace}/peers/{peer}/representation"]!["post"]!;
        Assert.EndsWith("/WorkingRepresentation", representation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!["$ref"]!.GetValue<string>());
        Assert.Contains("max_observations", representation["requestBody"]!.ToJsonString());
    }

    [Fact]
    public async Task OpenApi_describes_every_refusal_and_the_name_of_a_request()
    {
        var paths = (await host.SendAsync("GET", "/openapi.json")).Json!["paths"]!;
        // What platforms send is admitted by its signature and told apart by its own id: neither keys nor their limits hold for it.
        foreach (var (path, operations) in paths.AsObject().Where(path => path.Key != "/health" && !path.Key.StartsWith("/hooks/", StringComparison.Ordinal)))
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Assert.True(operation!["responses"]!["401"] is not null && operation["responses"]!["429"] is not null, path);
                Assert.True(method != "post" || operation["parameters"]!.AsArray().Any(parameter => parameter!["name"]!.GetValue<string>() == "Idempotency-Key"), path);
            }
        }

        Assert.NotNull(paths["/v1/workspaces/{workspace}/keys"]!["post"]!["responses"]!["422"]!["content"]!["application/problem+json"]!["schema"]!["properties"]!["code"]);
    }

    [Theory]
    [InlineData("GET", "/health")]
    [InlineData("GET", "/docs")]
    [InlineData("GET", "/v3/nope")]
    [InlineData("POST", "/v3/workspaces")]
    [InlineData("GET", "/v1/workspaces/w/settings")]
    [InlineData("GET", "/api/messaging/sessions")]
    public async Task Every_answer_tells_browsers_to_take_nothing_for_more_than_it_is(string method, string path)
    {
        var reply = await host.SendAsync(method, path);
        Assert.Equal("nosniff", reply.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("DENY", reply.Headers.GetValues("X-Frame-Options").Single());
        Assert.Equal("no-referrer", reply.Headers.GetValues("Referrer-Policy").Single());
        Assert.StartsWith("default-src 'none'", reply.Headers.GetValues("Content-Security-Policy").Single());
        Assert.Equal("no-store", reply.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task Pages_of_no_origin_are_admitted_where_the_setting_says_none()
    {
        await using var closed = KithHost.With(("Cors:Origins", "none"), ("Auth:UseAuth", "true"), ("Auth:JwtSecret", "secret"));
        var reply = await closed.SendAsync("GET", "/health", content: null, headers: new Dictionary<string, string> { ["Origin"] = "http://localhost:3000" });
        Assert.False(reply.Headers.Contains("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Metrics_are_not_there()
    {
        var reply = await host.SendAsync("GET", "/metrics");
        Assert.Equal((404, "text/plain; charset=utf-8"), (reply.Code, reply.Type));
    }

    [Theory]
    [InlineData("GET", "/")]
    [InlineData("GET", "/v3/nope")]
    [InlineData("POST", "/v3/workspaces//peers")]
    public async Task Unknown_path_is_404(string method, string path)
    {
        var reply = await host.SendAsync(method, path);
        Assert.Equal((404, """{"detail":"Not Found"}""", "application/json"), (reply.Code, reply.Text, reply.Type));
    }

    [Fact]
    public async Task Wrong_method_is_405_and_names_the_right_ones()
    {
        var reply = await host.SendAsync("DELETE", "/v3/workspaces/w/peers/alice");
        Assert.Equal((405, """{"detail":"Method Not Allowed"}"""), (reply.Code, reply.Text));
        Assert.Equal(["PUT"], reply.ContentHeaders.Allow);
    }

    [Fact]
    public async Task Trailing_slash_is_redirected_with_the_query()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces/list/?page=2");
        Assert.Equal(307, reply.Code);
        Assert.Equal("/v3/workspaces/list?page=2", reply.Headers.Location!.ToString());
    }

    [Fact]
    public async Task Trailing_slash_after_messages_is_an_alias()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces/slash/sessions/s/messages/", new { messages = new[] { new { content = "hi", peer_id = "a" } } });
        Assert.Equal(201, reply.Code);
    }

    [Fact]
    public async Task Preflight_of_an_admitted_origin_is_OK()
    {
        var reply = await PreflightAsync("http://localhost:5173");
        Assert.Equal((200, "OK", "text/plain; charset=utf-8"), (reply.Code, reply.Text, reply.Type));
        Assert.Equal("http://localhost:5173", reply.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("600", reply.Headers.GetValues("Access-Control-Max-Age").Single());
        Assert.Equal("X-A", reply.Headers.GetValues("Access-Control-Allow-Headers").Single());
    }

    [Fact]
    public async Task Errors_can_be_read_by_an_admitted_page()
    {
        var reply = await host.SendAsync("POST", "/v3/workspaces", content: null, headers: new Dictionary<string, string> { ["Origin"] = "http://localhost:3000" });
        Assert.Equal((422, "http://localhost:3000"), (reply.Code, reply.Headers.GetValues("Access-Control-Allow-Origin").Single()));
    }

    [Fact]
    public async Task Preflight_of_a_foreign_origin_is_400()
    {
        var reply = await PreflightAsync("https://evil.example");
        Assert.Equal((400, "Disallowed CORS origin"), (reply.Code, reply.Text));
    }

    [Theory]
    [InlineData("Host", "evil.example")]
    [InlineData("Origin", "https://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Without_authentication_strangers_are_refused(string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v3/workspaces/list");
        request.Headers.TryAddWithoutValidation(header, value);
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)response.StatusCode);
        var detail = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["detail"]!.GetValue<string>();
        Assert.StartsWith("Without authentication", detail);
    }

    private async Task<KithHost.Reply> PreflightAsync(string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Options, "/v3/workspaces/w/peers");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "X-A");
        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return new KithHost.Reply(response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), response.Headers, response.Content.Headers);
    }
}
