using Kith.Client.AgentFramework;
using Kith.Client.DependencyInjection;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

// As an application writes it.
#pragma warning disable xUnit1051

namespace Kith.Client.Tests.Readme;

/// <summary>The code of the package's README, which a test compares with it.</summary>
internal static class Snippets
{
    public static async Task<IReadOnlyList<OpenAIMessage>> StartAsync(Func<string, KithClient> client)
    {
        var kith = client("my-app");
        var (alice, assistant) = (kith.Peer("alice"), kith.Peer("assistant"));
        var session = kith.Session("conversation-1");

        await session.AddMessagesAsync([alice.Message("I moved from Berlin to Rome."), assistant.Message("Rome it is!")]);

        Console.WriteLine(await alice.ChatAsync("Where does Alice live?"));
        var context = await session.GetContextAsync(new() { Tokens = 2000, PeerTarget = alice });
        var messages = context.ToOpenAI(assistant);
        return messages;
    }

    public static KithClient Options(string apiKey)
    {
        var kith = new KithClient(new KithClientOptions
        {
            WorkspaceId = "my-app",
            BaseUrl = KithClientOptions.HonchoUrl,
            ApiKey = apiKey,
            Timeout = TimeSpan.FromSeconds(30),
            MaxRetries = 3,
        });
        return kith;
    }

    public static void Services(IServiceCollection services)
    {
        services.AddKith(options => options with { WorkspaceId = "my-app" });
    }

    public static async Task AskAsync(Peer alice)
    {
        var answer = await alice.ChatAsync("What do I know about Bob?", new() { Target = "bob", IncludeEvidence = true });
        Console.WriteLine($"{answer} ({answer.Evidence?.Messages.Count} messages)");

        await foreach (var part in alice.ChatStreamingAsync("Where does Alice live?"))
            Console.Write(part);
    }

    public static async Task<string> ObserveAsync(Session session, Peer alice, Peer assistant)
    {
        await session.AddPeersAsync([alice, (assistant, new SessionPeerConfiguration { ObserveOthers = true })]);
        var known = await assistant.GetRepresentationAsync(new() { Target = alice, SearchQuery = "travel" });
        await assistant.ConclusionsOf(alice).CreateAsync([new("Prefers trains", session)]);
        return known;
    }

    public static AIAgent Agent(KithClient kith, IChatClient model)
    {
        var memory = new AgentMemory(kith, user: "alice", assistant: "support");
        var agent = new ChatClientAgent(model, new ChatClientAgentOptions { ChatHistoryProvider = memory.History, AIContextProviders = [memory.Context] });
        return agent;
    }

    public static async Task<Page<Peer>> ListAsync(KithClient kith, Session session)
    {
        var finance = Filter.Metadata("topic").Is("finance") & Filter.CreatedAt.AtLeast(DateTimeOffset.UtcNow.AddDays(-7));
        await foreach (var message in session.GetMessagesAsync(finance))
            Console.WriteLine($"{message.PeerId}: {message.Content}");

        var page = await kith.GetPeersAsync(new() { PageSize = 20, Reverse = true }).FirstPageAsync();
        return page;
    }

    public static async Task FailAsync(Peer alice)
    {
        try
        {
            await alice.ChatAsync("Who is Carol?", new() { Target = "carol" });
        }
        catch (KithNotFoundException unknown)
        {
            Console.WriteLine(unknown.Message);
        }
    }
}

internal sealed class OfflinePeer : Peer
{
    public override string Id => "alice";

    public override Task<ChatAnswer> ChatAsync(string query, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new ChatAnswer { Content = "Rome" });
}
