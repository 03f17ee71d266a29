using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Kith.Compliance.Tests.Cosmos;

namespace Kith.Compliance.Tests;

/// <summary>Two hosts, each a process of its own, on one store: callers cannot tell which of them they speak to.</summary>
public sealed class TwoHostsTests : IAsyncLifetime
{
    private const string Sessions = "api/messaging/sessions";
    private const string User = "22222222-2222-4222-8222-222222222222";
    private const int MostAttempts = 20;

    private readonly DataFolder[] _folders = [new(), new()];
    private readonly GatewayServer _cosmos = new(new CosmosGateway(TimeProvider.System));
    private readonly List<HostProcess> _hosts = [];
    private readonly List<HttpClient> _clients = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        foreach (var folder in _folders)
        {
            // One after the other: the first creates the containers.
            var host = await HostProcess.StartAsync(folder, "--storage", "azure", "--Cosmos:Endpoint", _cosmos.Address.AbsoluteUri, "--Cosmos:Key", CosmosGateway.Key);
            _hosts.Add(host);
            _clients.Add(new HttpClient { BaseAddress = host.Address });
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        foreach (var host in _hosts)
            await host.DisposeAsync();
        await _cosmos.DisposeAsync();
        foreach (var folder in _folders)
            folder.Dispose();
    }

    [Fact]
    public async Task An_agents_session_lives_in_both()
    {
        var opened = await SendAsync(0, HttpMethod.Post, Sessions, new { agentId = "11111111-1111-4111-8111-111111111111", userId = User, timeoutConfig = new { timeoutMinutes = 60 } });
        var session = $"{Sessions}/{opened["sessionId"]}";
        Assert.Equal(60, (int)(await SendAsync(1, HttpMethod.Get, session))["timeoutConfig"]!["timeoutMinutes"]!);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => SendAsync(i % 2, HttpMethod.Post, $"{session}/messages", new { content = $"{i}" })));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SendAsync(i % 2, HttpMethod.Post, $"{session}/heartbeat")));
        var histories = new List<string>();
        foreach (var host in new[] { 0, 1 })
        {
            Assert.Equal(30, (int)(await SendAsync(host, HttpMethod.Get, session))["renewalCount"]!);
            Assert.Equal((string)opened["sessionId"]!, (string)Assert.Single((await SendAsync(host, HttpMethod.Get, Sessions))["sessions"]!.AsArray())!["sessionId"]!);
            var messages = (await SendAsync(host, HttpMethod.Get, $"{session}/messages"))["messages"]!.AsArray();
            Assert.Equal(20, messages.Select(message => (string)message!["createdAt"]!).Distinct().Count());
            Assert.Equal(20, messages.Select(message => (string)message!["content"]!).Distinct().Count());
            histories.Add(messages.ToJsonString());
        }

        Assert.Equal(histories[0], histories[1]);
        await SendAsync(1, HttpMethod.Delete, session);
        using var gone = await _clients[0].GetAsync(session, Cancelled);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_thread_takes_the_messages_and_the_states_of_both()
    {
        await SendAsync(0, HttpMethod.Post, "v1/workspaces/w/threads", new { workflowName = "chat", threadId = "t" });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => SendAsync(i % 2, HttpMethod.Post, "v1/workspaces/w/threads/t/messages", new { role = "user", content = $"{i}" })));
        await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SendAsync(i % 2, HttpMethod.Patch, "v1/workspaces/w/threads/t/state", new { data = new Dictionary<string, int> { [$"step{i}"] = i } })));
        foreach (var host in new[] { 0, 1 })
        {
            var messages = (await SendAsync(host, HttpMethod.Get, "v1/workspaces/w/threads/t/messages"))["messages"]!.AsArray();
            Assert.Equal(Enumerable.Range(1, 40), messages.Select(message => (int)message!["sequence"]!));
            Assert.Equal(40, messages.Select(message => (string)message!["content"]!).Distinct().Count());
            Assert.Equal(10, (await SendAsync(host, HttpMethod.Get, "v1/workspaces/w/threads/t/state"))["data"]!.AsObject().Count);
        }
    }

    /// <summary>Repeats what was refused because others were writing, as clients do.</summary>
    private async Task<JsonNode> SendAsync(int host, HttpMethod method, string path, object? body = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            using var response = await _clients[host].SendAsync(request, Cancelled);
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable && attempt < MostAttempts)
                continue;
            var text = await response.Content.ReadAsStringAsync(Cancelled);
            Assert.True(response.IsSuccessStatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
            return JsonNode.Parse(text)!;
        }
    }
}
