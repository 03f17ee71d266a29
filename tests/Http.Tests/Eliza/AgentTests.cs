namespace Kith.Http.Tests.Eliza;

/// <summary>Kith's own routes for the agents of a workspace, and the list that Eliza's clients ask for.</summary>
public sealed class AgentTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task An_agent_is_registered_changed_listed_and_forgotten_and_its_secret_is_never_shown()
    {
        const string Path = $"/v1/workspaces/registry/agents/{ElizaApi.Agent}";
        var created = await host.SendAsync("PUT", Path, new { name = "Ada", responder_url = "http://127.0.0.1:9/x", responder_secret = "s3cret", timeouts = new { timeout_minutes = 15 } });
        Assert.Equal((201, "Ada", true), (created.Code, created.Json.Text("name"), created.Json!["has_responder_secret"]!.GetValue<bool>()));
        var changed = await host.SendAsync("PUT", Path.ToUpperInvariant().Replace("/V1/WORKSPACES/REGISTRY/AGENTS", "/v1/workspaces/registry/agents"), new { name = "Ada L." });
        Assert.Equal((200, "Ada L.", true, null), (changed.Code, changed.Json.Text("name"), changed.Json!["has_responder_secret"]!.GetValue<bool>(), changed.Json["responder_url"]));
        Assert.Equal(created.Json.Text("created_at"), changed.Json.Text("created_at"));
        Assert.False((await host.SendAsync("PUT", Path, new { name = "Ada L.", responder_secret = "" })).Json!["has_responder_secret"]!.GetValue<bool>());
        Assert.Single((await host.SendAsync("GET", "/v1/workspaces/registry/agents")).Json!.AsArray());
        Assert.DoesNotContain("s3cret", created.Text + changed.Text + (await host.SendAsync("GET", Path)).Text);
        Assert.Equal(204, (await host.SendAsync("DELETE", Path)).Code);
        var gone = await host.SendAsync("DELETE", Path);
        Assert.Equal((404, "application/problem+json"), (gone.Code, gone.Type));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"x","responder_url":"file:///etc/passwd"}""")]
    [InlineData("""{"name":"x","timeouts":{"timeout_minutes":1}}""")]
    [InlineData("""{"name":"x","reasoner":"maybe"}""")]
    public async Task A_bad_agent_is_refused(string body)
    {
        var id = ElizaApi.NewId();
        Assert.Equal(400, (await host.SendAsync("PUT", $"/v1/workspaces/bad/agents/{id}", body)).Code);
        Assert.Equal(404, (await host.SendAsync("GET", $"/v1/workspaces/bad/agents/{id}")).Code);
    }

    [Fact]
    public async Task The_id_of_an_agent_is_a_UUID() => Assert.Equal(400, (await host.SendAsync("PUT", "/v1/workspaces/bad/agents/ada", new { name = "Ada" })).Code);

    [Fact]
    public async Task Eliza_clients_find_the_agents_of_their_workspace()
    {
        await host.RegisterAsync(new { name = "Ada" });
        var reply = await host.SendAsync("GET", "/api/agents");
        Assert.Equal($$$"""{"success":true,"data":{"agents":[{"id":"{{{ElizaApi.Agent}}}","name":"Ada","status":"active"}]}}""", reply.Text);
    }
}
