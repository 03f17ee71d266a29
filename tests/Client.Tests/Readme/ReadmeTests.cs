using Microsoft.Extensions.DependencyInjection;

namespace Kith.Client.Tests.Readme;

public sealed class ReadmeTests(RunningHost host) : IClassFixture<RunningHost>
{
    /// <summary>The first line of the README's first example names the workspace; the snippet gets a client of this host instead.</summary>
    private const string Constructed = "var kith = new KithClient(\"my-app\");", Given = "var kith = client(\"my-app\");";

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_example_of_the_README_is_compiled()
    {
        var code = string.Join('\n', Lines(File.ReadAllText(Repository.PathOf("tests/Client.Tests/Readme/Snippets.cs"))));
        string[] examples = [.. File.ReadAllText(Repository.PathOf("src/Client/README.md")).Split("```csharp\n").Skip(1).Select(rest => rest.Split("```")[0])];
        Assert.Equal(9, examples.Length);
        Assert.All(examples, example => Assert.Contains(string.Join('\n', Lines(example)).Replace(Constructed, Given, StringComparison.Ordinal), code, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_examples_do_what_they_say()
    {
        var kith = host.Kith("my-app");
        var (alice, assistant, session) = (kith.Peer("alice"), kith.Peer("assistant"), kith.Session("conversation-1"));
        await kith.CreatePeerAsync("bob", cancellationToken: Cancelled);

        Assert.Equal(["user", "assistant"], (await Snippets.StartAsync(host.Kith)).Where(message => message.Role != "system").Select(message => message.Role));
        await kith.WaitUntilIdleAsync(cancellationToken: Cancelled);
        await Snippets.AskAsync(alice);
        await Snippets.ObserveAsync(session, alice, assistant);
        Assert.Contains("Prefers trains", await assistant.ConclusionsOf(alice).GetRepresentationAsync(cancellationToken: Cancelled), StringComparison.Ordinal);
        using var model = new AgentFramework.Model("Noted.");
        await Snippets.Agent(kith, model).RunAsync("Where do I live?", cancellationToken: Cancelled);
        Assert.Contains("Rome", Assert.Single(model.Calls).Instructions, StringComparison.Ordinal);
        Assert.Equal(4, (await Snippets.ListAsync(kith, session)).Total);
        await Snippets.FailAsync(alice);

        Assert.Equal("my-app", Snippets.Options("secret").WorkspaceId);
        var services = new ServiceCollection();
        Snippets.Services(services);
        Assert.Contains(services, service => service.ServiceType == typeof(KithClient));
        Assert.Equal("Rome", (await new OfflinePeer().ChatAsync("Where?", cancellationToken: Cancelled)).Content);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);
}
