using System.ClientModel;
using System.ClientModel.Primitives;
using Kith.Client.OpenAI;
using Kith.Client.Tests.Transport;
using OpenAI;
using OpenAI.Chat;
using static Kith.Client.Tests.Transport.Script;

namespace Kith.Client.Tests.Seed;

/// <summary>The code of Honcho's "SDK Reference", block by block in its order, in C#.</summary>
public sealed class SdkReferenceTests(RunningHost host) : IClassFixture<RunningHost>
{
    private readonly KithClient _kith = host.Kith();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Quickstart()
    {
        var alice = _kith.Peer("alice");
        var assistant = _kith.Peer("assistant");
        var session = _kith.Session("conversation-1");

        await session.AddMessagesAsync([alice.Message("What's the weather like today?"), assistant.Message("It's sunny and 75°F outside!")], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);

        var response = await alice.ChatAsync("What did the assistant tell this user about the weather?", cancellationToken: Cancelled);
        var context = await session.GetContextAsync(cancellationToken: Cancelled);
        var openaiMessages = context.ToOpenAI(assistant);

        Assert.NotNull(response.Content);
        Assert.Equal([("user", "alice", "What's the weather like today?"), ("assistant", null, "It's sunny and 75°F outside!")], openaiMessages.Select(message => (message.Role, message.Name, message.Content)));
    }

    [Fact]
    public async Task Peers_and_representations()
    {
        var (alice, assistant, session) = await ConversationAsync();
        Assert.Contains("Rome", (await alice.ChatAsync("Where does the user live?", cancellationToken: Cancelled)).ToString(), StringComparison.Ordinal);
        var aboutAssistant = await alice.ChatAsync("What does the user know about the assistant?", new() { Target = assistant }, Cancelled);
        Assert.Null(aboutAssistant.Evidence);
        Assert.Contains("Rome", (await alice.ChatAsync("Where do I live, by our conversation?", new() { Session = session }, Cancelled)).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client()
    {
        var options = new KithClientOptions
        {
            WorkspaceId = "my-app-name",
            ApiKey = "my-api-key",
            BaseUrl = KithClientOptions.HonchoUrl,
            Timeout = TimeSpan.FromSeconds(30),
            MaxRetries = 3,
            DefaultHeaders = new Dictionary<string, string> { ["X-Custom-Header"] = "value" },
            DefaultQuery = new Dictionary<string, string> { ["param"] = "value" },
        };
        Assert.Equal("my-app-name", new KithClient(options).WorkspaceId);

        // Environments are addresses here. The document's third one, a hosted demo, is no more.
        Assert.Equal(["https://api.honcho.dev/", "http://127.0.0.1:8000/"], new[] { "production", "local" }.Select(environment => AddressOf(environment).AbsoluteUri));
        Assert.Equal("my-app-name", new KithClient("my-app-name").WorkspaceId);

        await ConversationAsync();
        Assert.Equal(["alice", "assistant"], (await _kith.GetPeersAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(peer => peer.Id).Order());
        Assert.Equal(["conversation-1"], (await _kith.GetSessionsAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(session => session.Id));
        Assert.Equal("alice", (await _kith.SearchAsync("Rome", cancellationToken: Cancelled))[0].PeerId);
        var metadata = await _kith.GetMetadataAsync(Cancelled);
        metadata["tier"] = "gold";
        await _kith.SetMetadataAsync(metadata, Cancelled);
        Assert.Equal("gold", (string?)(await _kith.GetMetadataAsync(Cancelled))["tier"]);
        Assert.Contains(_kith.WorkspaceId, await _kith.GetWorkspacesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
    }

    private static Uri AddressOf(string environment) => environment switch
    {
        "production" => KithClientOptions.HonchoUrl,
        "local" => KithClientOptions.LocalUrl,
        _ => throw new ArgumentException($"There is no environment {environment}.", nameof(environment)),
    };

    [Fact]
    public async Task Peers()
    {
        var alice = await _kith.CreatePeerAsync(
            "alice",
            configuration: new() { Other = new() { ["role"] = "user", ["active"] = true } },
            metadata: new() { ["location"] = "NYC", ["role"] = "developer" },
            cancellationToken: Cancelled);
        await _kith.CreatePeerAsync("bob", cancellationToken: Cancelled);
        Assert.Equal(("alice", _kith.WorkspaceId, true), (alice.Id, alice.WorkspaceId, (bool)alice.Configuration!.Other!["active"]!));

        var session = _kith.Session("session-1");
        await session.AddMessagesAsync(
            [
                alice.Message("I love Python programming"),
                alice.Message("Today I learned about async programming"),
                alice.Message("I prefer functional programming patterns"),
                alice.Message("I had pancakes for breakfast."),
            ],
            Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);

        Assert.Contains("pancakes", (await alice.ChatAsync("What did I have for breakfast?", cancellationToken: Cancelled)).ToString(), StringComparison.Ordinal);
        await alice.ChatAsync("What do I know about Bob?", new() { Target = "bob" }, Cancelled);
        Assert.Contains("Python", (await alice.ChatAsync("What do I love?", new() { Session = "session-1" }, Cancelled)).ToString(), StringComparison.Ordinal);

        var story = "";
        await foreach (var part in alice.ChatStreamingAsync("What did I have for breakfast?", cancellationToken: Cancelled))
            story += part;
        Assert.Contains("pancakes", story, StringComparison.Ordinal);

        Assert.Equal(["session-1"], (await alice.GetSessionsAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(found => found.Id));
        Assert.Equal(3, (await alice.SearchAsync("programming", cancellationToken: Cancelled)).Count(found => found.Content.Contains("programming", StringComparison.Ordinal)));

        var metadata = await alice.GetMetadataAsync(Cancelled);
        metadata["location"] = "Paris";
        await alice.SetMetadataAsync(metadata, Cancelled);
        Assert.Equal("""{"location":"Paris","role":"developer"}""", (await alice.GetMetadataAsync(Cancelled)).ToJsonString());

        var context = await alice.GetContextAsync(cancellationToken: Cancelled);
        Assert.Contains("Python", context.Representation, StringComparison.Ordinal);
        Assert.Equal("bob", (await alice.GetContextAsync(new() { Target = "bob" }, Cancelled)).TargetId);
        Assert.Contains("functional", await alice.GetRepresentationAsync(new() { SearchQuery = "preferences", SearchTopK = 10 }, Cancelled), StringComparison.Ordinal);

        Assert.NotEmpty(await alice.Conclusions.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.Empty(await alice.ConclusionsOf("bob").ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
    }

    [Fact]
    public async Task Peer_context()
    {
        var (alice, _, _) = await ConversationAsync();
        var context = await alice.GetContextAsync(cancellationToken: Cancelled);
        Assert.Contains("Rome", context.Representation, StringComparison.Ordinal);
        Assert.NotEmpty(context.PeerCard!);

        var ofBob = await alice.GetContextAsync(
            new() { Target = "bob", SearchQuery = "work preferences", SearchTopK = 10, SearchMaxDistance = 0.8, IncludeMostFrequent = true, MaxConclusions = 50 }, Cancelled);
        Assert.Equal(("alice", "bob"), (ofBob.PeerId, ofBob.TargetId));
        Assert.Equal("nobody", (await _kith.Peer("nobody").GetContextAsync(cancellationToken: Cancelled)).PeerId);
    }

    [Fact]
    public async Task Observations()
    {
        var (alice, _, _) = await ConversationAsync();
        var known = alice.Conclusions;
        var list = await known.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled);
        Assert.Contains(list, conclusion => conclusion.Content.Contains("Rome", StringComparison.Ordinal));
        var results = await known.QueryAsync("food preferences", cancellationToken: Cancelled);
        Assert.NotEmpty(results);
        await known.DeleteAsync(results[0].Id, Cancelled);
        await Assert.ThrowsAsync<KithNotFoundException>(() => known.GetAsync(results[0].Id, Cancelled));

        var ofBob = alice.ConclusionsOf("bob");
        Assert.Empty(await ofBob.ListAsync(cancellationToken: Cancelled).ToListAsync(Cancelled));
        Assert.Empty(await ofBob.QueryAsync("work history", cancellationToken: Cancelled));
    }

    [Fact]
    public async Task Creating_observations_manually()
    {
        var ofBob = _kith.Peer("alice").ConclusionsOf("bob");
        var single = await ofBob.CreateAsync([new("User prefers dark mode", "session-1")], Cancelled);
        var created = await ofBob.CreateAsync(
            [new("User prefers dark mode", "session-1"), new("User works late at night", "session-1"), new("User enjoys programming", "session-1")], Cancelled);
        foreach (var conclusion in created)
            Assert.NotEqual("", $"Created observation: {conclusion.Id} - {conclusion.Content}");

        Assert.Equal("User prefers dark mode", Assert.Single(single).Content);
        Assert.Equal(["User prefers dark mode", "User works late at night", "User enjoys programming"], created.Select(conclusion => conclusion.Content));
        Assert.All(created, conclusion => Assert.Equal(("alice", "bob", "explicit", "session-1"), (conclusion.ObserverId, conclusion.ObservedId, conclusion.Level, conclusion.SessionId)));
        Assert.Null(Assert.Single(await ofBob.CreateAsync(["User drinks tea"], Cancelled)).SessionId);
        Assert.DoesNotContain("User drinks tea", (await ofBob.ListAsync(session: "session-1", cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(conclusion => conclusion.Content));
        Assert.Equal(created[2].Id, (await ofBob.GetAsync(created[2].Id, Cancelled)).Id);
        Assert.Equal([created[1].Id, created[0].Id], (await ofBob.GetManyAsync([created[1].Id, "unknown", created[0].Id], Cancelled)).Select(conclusion => conclusion.Id));
        Assert.Contains("dark mode", await ofBob.GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
        await Assert.ThrowsAsync<KithNotFoundException>(() => _kith.Peer("bob").Conclusions.GetAsync(created[0].Id, Cancelled));
    }

    [Fact]
    public async Task Sessions()
    {
        var (alice, bob, charlie, assistant) = (_kith.Peer("alice"), _kith.Peer("bob"), _kith.Peer("charlie"), _kith.Peer("assistant"));
        var meeting = await _kith.CreateSessionAsync("meeting-1", configuration: new() { Other = new() { ["type"] = "meeting", ["max_peers"] = 10 } }, cancellationToken: Cancelled);
        Assert.Equal(("meeting-1", _kith.WorkspaceId, "meeting"), (meeting.Id, meeting.WorkspaceId, (string?)meeting.Configuration!.Other!["type"]));

        var session = _kith.Session("conversation-1");
        await session.AddPeersAsync([alice, assistant], Cancelled);
        await session.AddPeersAsync([(alice, new SessionPeerConfiguration { ObserveOthers = true })], Cancelled);
        await session.AddPeersAsync(["single-peer-id"], Cancelled);
        await session.SetPeersAsync([alice, bob, charlie], Cancelled);
        await session.RemovePeersAsync([alice], Cancelled);
        await session.RemovePeersAsync(["single-peer-id"], Cancelled);
        Assert.Equal(["bob", "charlie"], (await session.GetPeersAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(peer => peer.Id).Order());

        await session.SetPeerConfigurationAsync(bob, new() { ObserveMe = false }, Cancelled);
        Assert.False((await session.GetPeerConfigurationAsync(bob, Cancelled)).ObserveMe);

        var stored = await session.AddMessagesAsync([alice.Message("Hello everyone! I like short answers and I need help."), assistant.Message("Hi Alice! How can I help today?")], Cancelled);
        Assert.Equal(stored.Select(message => message.Id), (await session.GetMessagesAsync(cancellationToken: Cancelled).ToListAsync(Cancelled)).Select(message => message.Id));
        await _kith.WaitUntilIdleAsync(session, cancellationToken: Cancelled);

        Assert.Equal(2, (await session.GetContextAsync(new() { Summary = true, Tokens = 2000 }, Cancelled)).Messages.Count);
        var rich = await session.GetContextAsync(
            new()
            {
                Tokens = 2000,
                PeerTarget = "alice",
                PeerPerspective = "alice",
                SearchQuery = "What are my preferences?",
                LimitToSession = true,
                SearchTopK = 10,
                SearchMaxDistance = 0.8,
                IncludeMostFrequent = true,
                MaxConclusions = 25,
            },
            Cancelled);
        Assert.NotNull(rich.PeerRepresentation);

        Assert.Equal(stored[0].Id, (await session.SearchAsync("help", new() { Filter = Filter.PeerId.Is("alice") }, Cancelled))[0].Id);
        Assert.Contains("short answers", await session.GetRepresentationAsync("alice", cancellationToken: Cancelled), StringComparison.Ordinal);
        Assert.Equal("", await session.GetRepresentationAsync(alice, new() { Target = bob }, Cancelled));
        Assert.Contains("short answers", await session.GetRepresentationAsync("alice", new() { SearchQuery = "preferences", SearchTopK = 10, IncludeMostFrequent = true }, Cancelled), StringComparison.Ordinal);

        using var file = new MemoryStream("I collect stamps."u8.ToArray());
        var uploaded = await session.UploadFileAsync(
            file, "document.txt", "alice", new() { Metadata = new() { ["source"] = "upload" }, CreatedAt = new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero) }, Cancelled);
        Assert.Equal(("I collect stamps.", "upload", 2024), (uploaded[0].Content, (string?)uploaded[0].Metadata["source"], uploaded[0].CreatedAt.Year));

        var cloned = await session.CloneAsync(cancellationToken: Cancelled);
        var partial = await session.CloneAsync(stored[0].Id, Cancelled);
        Assert.Equal((3L, 1L), ((await cloned.GetMessagesAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total, (await partial.GetMessagesAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total));

        await session.DeleteAsync(Cancelled);
        Assert.True(await _kith.GetSessionsAsync(cancellationToken: Cancelled).AllAsync(found => found.Id != session.Id || found.IsActive == false, Cancelled));
        await cloned.SetMetadataAsync(new() { ["topic"] = "product planning", ["status"] = "active" }, Cancelled);
        Assert.Equal("product planning", (string?)(await cloned.GetMetadataAsync(Cancelled))["topic"]);
    }

    [Fact]
    public async Task Theory_of_mind()
    {
        var alice = _kith.Peer("alice");
        var session = _kith.Session("s");
        var config = new SessionPeerConfiguration { ObserveOthers = false, ObserveMe = true };
        await session.AddPeersAsync([(alice, config)], Cancelled);
        Assert.Equal(config, await session.GetPeerConfigurationAsync(alice, Cancelled));
    }

    [Fact]
    public async Task Session_context()
    {
        var (_, assistant, session) = await ConversationAsync();
        var context = await session.GetContextAsync(new() { Summary = true, Tokens = 1500 }, Cancelled);
        Assert.Equal(["user", "assistant"], context.ToOpenAI(assistant).Select(message => message.Role));
        Assert.Equal(["user", "assistant"], context.ToAnthropic(assistant).Select(message => message.Role));
        Assert.Equal(("conversation-1", true), (context.Id, context.Messages[0].TokenCount > 0));
    }

    [Fact]
    public async Task Session_context_structure()
    {
        var alice = _kith.Peer("alice");
        var session = await _kith.CreateSessionAsync("long", configuration: new() { Summary = new() { MessagesPerShortSummary = 10 } }, cancellationToken: Cancelled);
        var said = await session.AddMessagesAsync(Enumerable.Range(0, 12).Select(i => alice.Message($"I visited museum number {i} in Rome and I liked it.", metadata: new() { ["i"] = i })), Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        await alice.SetCardAsync(["Name: Alice"], cancellationToken: Cancelled);
        var context = await session.GetContextAsync(new() { Summary = true, Tokens = 1500, PeerTarget = "alice" }, Cancelled);

        Assert.Equal("long", context.Id);
        var message = context.Messages[^1];
        Assert.Equal(("alice", "long", _kith.WorkspaceId, 11, said[^1].Id), (message.PeerId, message.SessionId, message.WorkspaceId, (int)message.Metadata["i"]!, message.Id));
        Assert.Equal((said[^1].CreatedAt, said[^1].TokenCount), (message.CreatedAt, message.TokenCount));
        Assert.NotNull(context.Summary);
        Assert.Equal(("honcho_chat_summary_short", said[9].Id), (context.Summary.SummaryType, context.Summary.MessageId));
        Assert.Contains("museum", context.Summary.Content, StringComparison.Ordinal);
        // Summaries tell whole seconds.
        Assert.InRange(context.Summary.CreatedAt, said[0].CreatedAt.AddSeconds(-1), DateTimeOffset.UtcNow.AddMinutes(1));
        Assert.Contains("museum", context.PeerRepresentation, StringComparison.Ordinal);
        Assert.Equal(["Name: Alice"], context.PeerCard);
    }

    [Fact]
    public async Task Multi_party_conversations()
    {
        Peer[] users = [.. Enumerable.Range(0, 5).Select(i => _kith.Peer($"user-{i}"))];
        var moderator = _kith.Peer("moderator");
        var groupChat = _kith.Session("group-discussion");
        await groupChat.AddPeersAsync([.. users, moderator], Cancelled);
        await groupChat.AddMessagesAsync(
            [
                users[0].Message("What's our agenda for today?"),
                moderator.Message("We'll discuss the new feature roadmap"),
                users[1].Message("I have some concerns about the timeline"),
            ],
            Cancelled);
        await _kith.WaitUntilIdleAsync(groupChat, cancellationToken: Cancelled);

        await users[0].ChatAsync("What are people's concerns?", cancellationToken: Cancelled);
        await moderator.ChatAsync("What feedback am I getting?", new() { Session = groupChat }, Cancelled);
        Assert.Contains("timeline", (await _kith.ChatAsync("What are people's concerns about the timeline?", cancellationToken: Cancelled)).ToString(), StringComparison.Ordinal);
        Assert.Equal(6, (await groupChat.GetPeersAsync(cancellationToken: Cancelled).FirstPageAsync(Cancelled)).Total);
    }

    [Fact]
    public async Task Llm_integration()
    {
        var (_, assistant, session) = await ConversationAsync();
        var completions = new Script(Says(200, """
            {"id":"c1","object":"chat.completion","created":1,"model":"gpt-4","choices":[{"index":0,"message":{"role":"assistant","content":"Alice lives in Rome."},"finish_reason":"stop"}]}
            """));
        var openai = new ChatClient("gpt-4", new ApiKeyCredential("key"), new OpenAIClientOptions { Transport = new HttpClientPipelineTransport(new HttpClient(completions)) });

        var context = await session.GetContextAsync(new() { Tokens = 3000 }, Cancelled);
        var messages = context.ToOpenAI(assistant).ToChatMessages();
        var response = await openai.CompleteChatAsync([.. messages, new UserChatMessage("Summarize the key discussion points.")], cancellationToken: Cancelled);

        Assert.Equal("Alice lives in Rome.", response.Value.Content[0].Text);
        var sent = System.Text.Json.Nodes.JsonNode.Parse(Assert.Single(completions.Requests).Body!)!["messages"]!.AsArray();
        Assert.Equal(
            [("user", "I live in Rome. I love espresso."), ("assistant", "Good to know!"), ("user", "Summarize the key discussion points.")],
            sent.Select(message => ((string)message!["role"]!, (string)message["content"]!)));
    }

    [Fact]
    public async Task Custom_message_timestamps()
    {
        var yesterday = new DateTimeOffset(2024, 1, 1, 12, 0, 0, TimeSpan.Zero);
        var message = await _kith.Session("s").AddMessageAsync(
            _kith.Peer("user123").Message("This message happened yesterday", metadata: new() { ["source"] = "historical_data" }, createdAt: yesterday), Cancelled);
        Assert.Equal(yesterday, message.CreatedAt);
        Assert.Equal(yesterday, (await _kith.Session("s").GetMessageAsync(message.Id, Cancelled)).CreatedAt);
    }

    [Fact]
    public async Task Metadata_and_filtering()
    {
        var (alice, assistant, session) = (_kith.Peer("alice"), _kith.Peer("assistant"), _kith.Session("s"));
        await session.AddMessagesAsync(
            [
                alice.Message("Let's discuss the budget", metadata: new() { ["topic"] = "finance", ["priority"] = "high" }),
                assistant.Message("I'll prepare the financial report", metadata: new() { ["action_item"] = true, ["due_date"] = "2024-01-15" }),
            ],
            Cancelled);

        var finance = await session.GetMessagesAsync(Filter.Metadata("topic").Is("finance"), Cancelled).ToListAsync(Cancelled);
        var actionItems = await session.GetMessagesAsync(Filter.Metadata("action_item").Is(true), Cancelled).ToListAsync(Cancelled);
        Assert.Equal(("alice", "assistant"), (Assert.Single(finance).PeerId, Assert.Single(actionItems).PeerId));

        var either = Filter.Metadata("topic").Is("finance") | Filter.PeerId.In("assistant", "nobody");
        Assert.Equal(2, (await session.GetMessagesAsync(either, Cancelled).FirstPageAsync(Cancelled)).Total);
        Assert.Equal(0, (await session.GetMessagesAsync(!either & Filter.CreatedAt.AtLeast(DateTimeOffset.UnixEpoch), Cancelled).FirstPageAsync(Cancelled)).Total);
        await Assert.ThrowsAsync<KithValidationException>(() => session.GetMessagesAsync(Filter.Field("color").Is("red"), Cancelled).FirstPageAsync(Cancelled));
    }

    [Fact]
    public async Task Pagination()
    {
        var session = _kith.Session("s");
        await session.AddMessagesAsync(Enumerable.Range(0, 5).Select(i => _kith.Peer($"user-{i}").Message($"Message {i}")), Cancelled);
        var seen = new List<string>();
        await foreach (var found in _kith.GetSessionsAsync(cancellationToken: Cancelled))
        {
            await foreach (var message in found.GetMessagesAsync(new() { PageSize = 2 }, Cancelled))
                seen.Add($"{message.PeerId}: {message.Content}");
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(i => $"user-{i}: Message {i}"), seen);

        var sizes = new List<int>();
        for (var page = await _kith.GetPeersAsync(new() { PageSize = 2 }, Cancelled).FirstPageAsync(Cancelled); page is not null; page = await page.NextPageAsync(Cancelled))
            sizes.Add(page.Items.Count);
        Assert.Equal([2, 2, 1], sizes);
        Assert.Equal("Message 4", (await session.GetMessagesAsync(new() { Reverse = true }, Cancelled).FirstAsync(Cancelled)).Content);
    }

    [Fact]
    public void Resource_management()
    {
        var script = new Script(Says(500));
        var kith = script.Client();
        var (alice, session) = (kith.Peer("alice"), kith.Session("chat-1"));
        var (userId, ticketId, agentId) = ("u17", 42, "ada");
        var userSession = kith.Session($"user-{userId}-support-{ticketId}");
        var supportAgent = kith.Peer($"agent-{agentId}");

        Assert.Equal(("alice", "chat-1", "user-u17-support-42", "agent-ada"), (alice.Id, session.Id, userSession.Id, supportAgent.Id));
        Assert.Empty(script.Requests);
    }

    [Fact]
    public async Task Performance_optimization()
    {
        Peer[] peers = [.. Enumerable.Range(0, 100).Select(i => _kith.Peer($"user-{i}"))];
        var session = _kith.Session("chat-1");
        await session.AddMessagesAsync(peers.Select((peer, i) => peer.Message($"Message {i}")), Cancelled);
        var context = await session.GetContextAsync(new() { Tokens = 50 }, Cancelled);
        Assert.InRange(context.Messages.Sum(message => message.TokenCount), 1, 50);
        Assert.NotNull(context.Truncation);
        Assert.InRange((await session.GetContextAsync(new() { Tokens = 1500 }, Cancelled)).Messages.Sum(message => message.TokenCount), 51, 1500);
        var seen = 0;
        await foreach (var peer in _kith.GetPeersAsync(cancellationToken: Cancelled))
            seen += peer.Id.StartsWith("user-", StringComparison.Ordinal) ? 1 : 0;
        Assert.Equal(100, seen);
        await Assert.ThrowsAsync<ArgumentException>(() => session.AddMessagesAsync(Enumerable.Repeat(peers[0].Message("x"), 101), Cancelled));
    }

    private async Task<(Peer Alice, Peer Assistant, Session Session)> ConversationAsync()
    {
        var (alice, assistant, session) = (_kith.Peer("alice"), _kith.Peer("assistant"), _kith.Session("conversation-1"));
        await session.AddMessagesAsync([alice.Message("I live in Rome. I love espresso."), assistant.Message("Good to know!")], Cancelled);
        await _kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        return (alice, assistant, session);
    }
}
