using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Threads;

/// <summary>One-line requests to the threads of a workspace.</summary>
internal sealed class ThreadApi(KithHost host, string workspace)
{
    public Task<KithHost.Reply> SendAsync(string method, string path, object? body = null, string? ifMatch = null, string? ifNoneMatch = null)
    {
        var content = body is null ? null : new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        var headers = new Dictionary<string, string>();
        if (ifMatch is not null)
            headers["If-Match"] = ifMatch;
        if (ifNoneMatch is not null)
            headers["If-None-Match"] = ifNoneMatch;
        return host.SendAsync(method, $"/v1/workspaces/{workspace}/{path}", content, key: null, headers);
    }

    /// <summary>The answer of a request that succeeds.</summary>
    public async Task<JsonNode> AskAsync(string method, string path, object? body = null)
    {
        var reply = await SendAsync(method, path, body);
        Assert.True(reply.Code is 200 or 201, $"{method} {path}: {reply.Code} {reply.Text}");
        return reply.Json!;
    }

    public Task<JsonNode> GetAsync(string path) => AskAsync("GET", path);

    /// <summary>The id of a new thread.</summary>
    public async Task<string> CreateAsync(string workflow = "chat", string? parent = null, string? branchPoint = null, object? context = null) =>
        (string)(await AskAsync("POST", "threads", new { workflowName = workflow, parentThreadId = parent, branchPoint, initialContext = context }))["threadId"]!;

    /// <summary>The id of the last message of a conversation, the user's first, then in turns.</summary>
    public async Task<string> SayAsync(string thread, params string[] contents)
    {
        var messages = contents.Select((content, place) => new { role = place % 2 == 0 ? "user" : "assistant", content });
        return (string)(await AskAsync("POST", $"threads/{thread}/messages:batch", new { messages }))["messages"]!.AsArray()[^1]!["id"]!;
    }

    public async Task<string[]> ContentsAsync(string thread, string query = "") =>
        [.. (await GetAsync($"threads/{thread}/messages{query}"))["messages"]!.AsArray().Select(message => (string)message!["content"]!)];

    public async Task<string[]> IdsAsync(string path) => [.. (await GetAsync(path))["threads"]!.AsArray().Select(thread => (string)thread!["threadId"]!)];
}
