using System.Text.Json.Nodes;

namespace Kith.Client.Tests.Agents;

/// <summary>The code of Eliza's "Sessions API", block by block in its order, in C#.</summary>
public sealed class AgentSessionSeedTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_conversation_with_an_agent()
    {
        var (agentId, userId) = (Guid.NewGuid(), Guid.NewGuid());
        var session = await _kith.AgentSessions.CreateAsync(agentId, userId, new() { ["platform"] = "web", ["username"] = "john_doe" }, cancellationToken: Cancelled);
        Assert.Equal((agentId.ToString(), userId.ToString(), "web"), (session.Info!.AgentId, session.Info.UserId, (string?)session.Info.Metadata!["platform"]));

        var sent = await session.SendMessageAsync(
            "Hello, how can you help me today?",
            attachments: [new JsonObject { ["type"] = "image", ["url"] = "https://example.com/image.jpg", ["name"] = "screenshot.jpg" }],
            cancellationToken: Cancelled);
        Assert.Equal(("Hello, how can you help me today?", null), (sent.Content, sent.AgentText));

        var page = await session.GetMessagesAsync(limit: 50, cancellationToken: Cancelled);
        var message = Assert.Single(page.Messages);
        Assert.Equal((sent.Id, false, "screenshot.jpg", false), (message.Id, message.IsAgent, (string?)message.Metadata["attachments"]![0]!["name"], page.HasMore));
        Assert.Empty((await session.GetMessagesAsync(before: new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), cancellationToken: Cancelled)).Messages);
        Assert.Single((await session.GetMessagesAsync(after: new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), cancellationToken: Cancelled)).Messages);

        Assert.NotNull((await session.GetInfoAsync(Cancelled)).LastActivity);
        Assert.Equal([session.SessionId], (await _kith.AgentSessions.ListAsync(Cancelled)).Select(info => info.SessionId));
        Assert.Equal(1, (await _kith.AgentSessions.CheckHealthAsync(Cancelled)).ActiveSessions);
        var renewals = session.Info!.RenewalCount;
        Assert.Equal(renewals + 1, (await session.RenewAsync(Cancelled)).RenewalCount);
        Assert.Equal(45, (await session.SetTimeoutsAsync(new() { TimeoutMinutes = 45 }, Cancelled)).TimeoutConfig!.TimeoutMinutes);
        await session.HeartbeatAsync(Cancelled);

        await session.DeleteAsync(Cancelled);
        await Assert.ThrowsAsync<KithNotFoundException>(() => session.GetInfoAsync(Cancelled));
        Assert.Equal(1, (await _kith.Session(session.SessionId).GetMessagesAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total);
    }

    [Fact]
    public async Task An_agent_that_answers()
    {
        var agentId = Guid.NewGuid();
        using var http = host.CreateClient();
        using var agent = new StringContent("""{"name":"Ada","reasoner":true}""", System.Text.Encoding.UTF8, "application/json");
        using var registered = await http.PutAsync($"v1/workspaces/{_kith.WorkspaceId}/agents/{agentId}", agent, Cancelled);
        registered.EnsureSuccessStatusCode();

        var session = await _kith.AgentSessions.CreateAsync(agentId, Guid.NewGuid(), cancellationToken: Cancelled);
        await session.SendMessageAsync("I live in Rome.", waitForReply: true, cancellationToken: Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        Assert.Contains("Rome", (await session.SendMessageAsync("Where do I live?", waitForReply: true, cancellationToken: Cancelled)).AgentText, StringComparison.Ordinal);

        var (text, response) = ("", (JsonObject?)null);
        await foreach (var part in session.SendStreamingAsync("Where do I live?", cancellationToken: Cancelled))
            (text, response) = (text + part, part.Response);
        Assert.Contains("Rome", text, StringComparison.Ordinal);
        Assert.Equal(text, (string?)response!["text"]);
        Assert.Equal(6, await _kith.AgentSessions.Session(session.SessionId).GetAllMessagesAsync(Cancelled).CountAsync(Cancelled));
    }

    [Fact]
    public async Task Of_many_messages_each_is_read_once()
    {
        var session = await _kith.AgentSessions.CreateAsync(Guid.NewGuid(), Guid.NewGuid(), cancellationToken: Cancelled);
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var batch in Enumerable.Range(0, 150).Chunk(Session.MostMessages))
            await _kith.Session(session.SessionId).AddMessagesAsync(batch.Select(i => _kith.Peer("user").Message($"Message {i}", createdAt: at.AddMilliseconds(i / 7))), Cancelled);

        Assert.True((await session.GetMessagesAsync(limit: 100, cancellationToken: Cancelled)).HasMore);
        var all = await session.GetAllMessagesAsync(Cancelled).ToListAsync(Cancelled);
        Assert.Equal(Enumerable.Range(0, 150).Reverse().Select(i => $"Message {i}"), all.Select(message => message.Content));
    }

    [Fact]
    public async Task Errors_have_codes()
    {
        var failure = await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.AgentSessions.Session(Guid.NewGuid().ToString()).GetInfoAsync(Cancelled));
        Assert.Equal("SESSION_NOT_FOUND", failure.Code);
    }
}
