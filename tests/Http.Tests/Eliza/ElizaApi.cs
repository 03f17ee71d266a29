using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Eliza;

/// <summary>One-line requests to the agents' door.</summary>
internal static class ElizaApi
{
    public const string Sessions = "/api/messaging/sessions";
    public const string Agent = "11111111-1111-4111-8111-111111111111";

    public static string NewId() => Guid.NewGuid().ToString();

    public static string Text(this JsonNode? node, string name) => node![name]!.GetValue<string>();

    public static Task<KithHost.Reply> OpenAsync(this KithHost host, object? timeoutConfig = null, object? metadata = null, string? user = null, string? key = null) =>
        host.SendAsync("POST", Sessions, new { agentId = Agent, userId = user ?? NewId(), timeoutConfig, metadata }, key);

    /// <summary>The id of a new session.</summary>
    public static async Task<string> OpenedAsync(this KithHost host, object? timeoutConfig = null, object? metadata = null, string? user = null, string? key = null)
    {
        var reply = await host.OpenAsync(timeoutConfig, metadata, user, key);
        Assert.Equal(201, reply.Code);
        return reply.Json.Text("sessionId");
    }

    public static Task<KithHost.Reply> SayAsync(this KithHost host, string session, object body, string? key = null) =>
        host.SendAsync("POST", $"{Sessions}/{session}/messages", body, key);

    public static Task<KithHost.Reply> SayAsync(this KithHost host, string session, string content) => host.SayAsync(session, new { content });

    public static Task<KithHost.Reply> HistoryAsync(this KithHost host, string session, string query = "") => host.SendAsync("GET", $"{Sessions}/{session}/messages{query}");

    public static async Task<string[]> ContentsAsync(this KithHost host, string session, string query = "") =>
        [.. (await host.HistoryAsync(session, query)).Json!["messages"]!.AsArray().Select(message => message.Text("content"))];

    /// <summary>The paging loop of the documentation: on from the time of the last element, until there is no more.</summary>
    public static async Task<List<JsonNode>> AllAsync(this KithHost host, string session, int limit)
    {
        var all = new List<JsonNode>();
        var before = "";
        for (var rounds = 0; rounds < 500; rounds++)
        {
            var page = (await host.HistoryAsync(session, $"?limit={limit}{before}")).Json!;
            all.AddRange(page["messages"]!.AsArray().Select(message => message!));
            if (!page["hasMore"]!.GetValue<bool>())
                return all;
            before = $"&before={Milliseconds(all[^1])}";
        }

        throw new InvalidOperationException("The history never ends.");
    }

    public static long Milliseconds(JsonNode message) =>
        DateTimeOffset.Parse(message.Text("createdAt"), System.Globalization.CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();

    public static (int, string) Refusal(this KithHost.Reply reply) => (reply.Code, reply.Json!["error"].Text("code"));

    public static Task RegisterAsync(this KithHost host, object agent, string workspace = "eliza") => host.SendAsync("PUT", $"/v1/workspaces/{workspace}/agents/{Agent}", agent);

    /// <summary>Polls until the history holds so many messages, and returns them newest first.</summary>
    public static Task<JsonArray> UntilAsync(this KithHost host, string session, int messages) =>
        Eventually.SeeAsync(async () => (await host.HistoryAsync(session)).Json!["messages"]!.AsArray(), found => found.Count >= messages);
}
