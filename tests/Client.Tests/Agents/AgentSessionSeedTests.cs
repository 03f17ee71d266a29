using System.Text.Json.Nodes;
using Kith.Client.Agents;
using Kith.Client.Tests.Transport;
using static Kith.Client.Tests.Transport.Script;

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
        var health = await _kith.AgentSessions.CheckHealthAsync(Cancelled);
        Assert.Equal(("healthy", 1L), (health.Status, health.ActiveSessions));
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
    public async Task Error_handling()
    {
        // The type of an id is Guid here: a wrong one does not get as far as the document's does.
        Assert.False(Guid.TryParse("invalid-uuid", out _));
        (string? Code, string Message) reported = ("", "");
        try
        {
            await _kith.AgentSessions.CreateAsync(Guid.NewGuid(), Guid.NewGuid(), new() { ["note"] = new string('x', 20_000) }, cancellationToken: Cancelled);
        }
        catch (KithException error)
        {
            reported = (error.Code, error.Message);
        }

        Assert.Equal("VALIDATION_ERROR", reported.Code);
        Assert.NotEmpty(reported.Message);
        var failure = await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.AgentSessions.Session(Guid.NewGuid().ToString()).GetInfoAsync(Cancelled));
        Assert.Equal("SESSION_NOT_FOUND", failure.Code);
    }

    [Fact]
    public async Task Metadata_of_a_platform()
    {
        var session = await _kith.AgentSessions.CreateAsync(
            Guid.NewGuid(), Guid.NewGuid(), new() { ["platform"] = "discord", ["channelId"] = "discord-channel-id", ["guildId"] = "discord-guild-id" }, cancellationToken: Cancelled);
        var info = await session.GetInfoAsync(Cancelled);
        Assert.Equal(("discord", "discord-channel-id", "discord-guild-id"), ((string?)info.Metadata!["platform"], (string?)info.Metadata["channelId"], (string?)info.Metadata["guildId"]));
    }

    [Fact]
    public async Task Pagination()
    {
        var session = await _kith.AgentSessions.CreateAsync(Guid.NewGuid(), Guid.NewGuid(), cancellationToken: Cancelled);
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var batch in Enumerable.Range(0, 130).Chunk(Session.MostMessages))
            await _kith.Session(session.SessionId).AddMessagesAsync(batch.Select(i => _kith.Peer("user").Message($"Message {i}", createdAt: at.AddSeconds(i))), Cancelled);

        var (hasMore, before, allMessages) = (true, (DateTimeOffset?)null, new List<AgentMessage>());
        while (hasMore)
        {
            var response = await session.GetMessagesAsync(limit: 100, before, cancellationToken: Cancelled);
            allMessages.AddRange(response.Messages);
            hasMore = response.HasMore;
            if (response.Messages.Count > 0)
                before = response.Messages[^1].CreatedAt;
        }

        Assert.Equal(Enumerable.Range(0, 130).Reverse().Select(i => $"Message {i}"), allMessages.Select(message => message.Content));
    }

    [Fact]
    public async Task Error_recovery()
    {
        // The document's loop is what the client does by itself.
        var script = new Script(Breaks(), Says(503), Says(201, """{"id":"m1","content":"Hello"}"""));
        var client = script.Client(new() { MaxRetries = 3, Time = new QuickTime(), Timeout = QuickTime.Never });
        Assert.Equal("m1", (await client.AgentSessions.Session("s").SendMessageAsync("Hello", cancellationToken: Cancelled)).Id);
        Assert.Equal(3, script.Requests.Count);

        var broken = new Script(Breaks());
        client = broken.Client(new() { MaxRetries = 2, Time = new QuickTime(), Timeout = QuickTime.Never });
        await Assert.ThrowsAsync<KithConnectionException>(() => client.AgentSessions.Session("s").SendMessageAsync("Hello", cancellationToken: Cancelled));
        Assert.Equal(3, broken.Requests.Count);
    }
}
