using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Fuzz;

/// <summary>What clients of the agents' door send, for fuzzing.</summary>
internal static class ElizaRequests
{
    private const string Sessions = "/api/messaging/sessions";
    private const string Opening =
        """{"agentId":"22222222-2222-4222-8222-222222222222","userId":"33333333-3333-4333-8333-333333333333","metadata":{"a":{"b":1}},"timeoutConfig":{"timeoutMinutes":"30","autoRenew":false}}""";

    /// <summary>Opens a session, and returns the requests that may be sent to it.</summary>
    public static async Task<IReadOnlyList<RawRequest>> OpenAsync(HttpClient client)
    {
        using var opened = await client.PostAsync(Sessions, new StringContent(Opening, Encoding.UTF8, "application/json"));
        var session = $"{Sessions}/{JsonNode.Parse(await opened.Content.ReadAsStringAsync())!["sessionId"]!.GetValue<string>()}";
        return
        [
            Plain("POST", Sessions, Opening),
            Plain("POST", $"{session}/messages", """{"content":"Hello","attachments":[{"type":"image","url":"https://x/y.png"}],"metadata":{"a":[1,{"b":"c"}]},"transport":"http"}"""),
            Plain("POST", $"{session}/messages", """{"content":"Hello","transport":"sse"}"""),
            Plain("GET", $"{session}/messages?limit=5&before=1900000000000&after=0", ""),
            Plain("PATCH", $"{session}/timeout", """{"timeoutMinutes":10,"autoRenew":true,"maxDurationMinutes":"60","warningThresholdMinutes":2}"""),
            Plain("POST", $"{session}/renew", ""),
            Plain("POST", $"{session}/heartbeat", ""),
            Plain("PUT", "/v1/workspaces/w/agents/11111111-1111-4111-8111-111111111111", """{"name":"Ada","responder_url":"https://agent.example/","timeouts":{"timeout_minutes":10}}"""),
        ];
    }

    private static RawRequest Plain(string method, string target, string body) =>
        new(method, target, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
}
