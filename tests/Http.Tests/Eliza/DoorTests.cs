namespace Kith.Http.Tests.Eliza;

/// <summary>One memory behind two doors, durable, and shared by processes.</summary>
public sealed class DoorTests
{
    [Fact]
    public async Task A_fact_told_to_an_agent_shows_up_in_the_representation_of_that_peer()
    {
        await using var host = new KithHost();
        var user = ElizaApi.NewId();
        var id = await host.OpenedAsync(user: user);
        await host.SayAsync(id, "I live in Rome.");
        await Doors.IdleAsync(host);
        var known = await host.SendAsync("POST", $"/v3/workspaces/eliza/peers/{user}/representation", new { });
        Assert.Contains("lives in Rome", known.Json.Text("representation"));
        var members = (await host.SendAsync("GET", $"/v3/workspaces/eliza/sessions/{id}/peers")).Json!["items"]!.AsArray().Select(peer => peer.Text("id"));
        Assert.Equal(new[] { user, ElizaApi.Agent }.Order(), members.Order());
    }

    [Fact]
    public async Task A_fact_told_through_the_other_door_is_in_the_history_and_in_what_the_agent_is_told()
    {
        await using var agent = await AgentDouble.StartAsync();
        await using var host = new KithHost();
        await host.RegisterAsync(new { name = "Echo", responder_url = agent.Url });
        var user = ElizaApi.NewId();
        var id = await host.OpenedAsync(user: user);
        var told = await host.SendAsync("POST", $"/v3/workspaces/eliza/sessions/{id}/messages", new { messages = new[] { new { content = "I live in Oslo.", peer_id = user } } });
        await host.SendAsync("POST", "/v3/workspaces/eliza/sessions/elsewhere/messages", new { messages = new[] { new { content = "I love skiing.", peer_id = user } } });
        await Doors.IdleAsync(host);

        var message = (await host.HistoryAsync(id)).Json!["messages"]![0]!;
        Assert.Equal(("I live in Oslo.", user, false), (message.Text("content"), message.Text("authorId"), message["isAgent"]!.GetValue<bool>()));
        Assert.True(Guid.TryParseExact(message.Text("id"), "D", out _));
        Assert.NotEqual(told.Json![0].Text("id"), message.Text("id"));

        await host.SayAsync(id, new { content = "Where should I go?", transport = "http" });
        var context = Assert.Single(agent.Calls).Json["context"]!;
        Assert.Equal(["I live in Oslo.", "Where should I go?"], context["messages"]!.AsArray().Select(turn => turn.Text("content")));
        Assert.Contains("loves skiing", context.Text("representation"));
    }

    [Fact]
    public async Task Sessions_survive_a_restart()
    {
        var data = Directory.CreateTempSubdirectory("kith-eliza-");
        string id;
        await using (var host = KithHost.In(data))
        {
            id = await host.OpenedAsync(metadata: new { a = 1 });
            await host.SayAsync(id, "Before");
        }

        await using (var host = KithHost.In(data))
        {
            Assert.Equal(1, (await host.SendAsync("GET", $"{ElizaApi.Sessions}/{id}")).Json!["renewalCount"]!.GetValue<int>());
            await host.SayAsync(id, "After");
            Assert.Equal(["After", "Before"], await host.ContentsAsync(id));
            Assert.Equal(1, (await host.SendAsync("GET", ElizaApi.Sessions)).Json!["total"]!.GetValue<int>());
        }

        data.Delete(recursive: true);
    }

    [Fact]
    public async Task A_session_that_is_deleted_through_the_other_door_is_not_found()
    {
        await using var host = new KithHost();
        var id = await host.OpenedAsync();
        await host.SayAsync(id, "Hello");
        Assert.Equal(202, (await host.SendAsync("DELETE", $"/v3/workspaces/eliza/sessions/{id}")).Code);
        Assert.Equal((404, "SESSION_NOT_FOUND"), (await host.SayAsync(id, "Again")).Refusal());
    }

    [Theory]
    [InlineData("accept", 201)]
    [InlineData("404", 404)]
    public async Task Unknown_agents_are_accepted_or_not_found_as_the_setting_says(string setting, int status)
    {
        await using var host = KithHost.With(("eliza:unknownAgents", setting));
        var reply = await host.OpenAsync(metadata: new { a = new string('x', status == 404 ? 20_000 : 1) });
        Assert.Equal(status, reply.Code);
        if (status == 404)
            Assert.Equal((404, "AGENT_NOT_FOUND"), reply.Refusal());
        await host.RegisterAsync(new { name = "Known" });
        Assert.Equal(201, (await host.OpenAsync()).Code);
    }
}
