using System.Text;

namespace Kith.Http.Tests.Fuzz;

/// <summary>What clients of the agents' door send, for fuzzing.</summary>
internal static class ElizaRequests
{
    private const string Sessions = "/api/messaging/sessions";
    private const string Agent = $"{ThreadRequests.Workspace}/agents/11111111-1111-4111-8111-111111111111";
    private const string Opening =
        """{"agentId":"22222222-2222-4222-8222-222222222222","userId":"33333333-3333-4333-8333-333333333333","metadata":{"a":{"b":1}},"timeoutConfig":{"timeoutMinutes":"30","autoRenew":false}}""";

    /// <summary>Opens a session, and returns the requests that may be sent to it.</summary>
    public static async Task<IReadOnlyList<RawRequest>> OpenAsync(KithHost host)
    {
        var id = await SessionAsync(host);
        var session = $"{Sessions}/{id}";
        return
        [
            Plain("POST", Sessions, Opening),
            Plain("GET", Sessions, ""),
            Plain("GET", $"{Sessions}/health", ""),
            Plain("GET", session, ""),
            .. SentTo(id),
            Plain("GET", $"{session}/messages?limit=5&before=1900000000000&after=0", ""),
            Plain("PATCH", $"{session}/timeout", """{"timeoutMinutes":10,"autoRenew":true,"maxDurationMinutes":"60","warningThresholdMinutes":2}"""),
            Plain("POST", $"{session}/renew", ""),
            Plain("POST", $"{session}/heartbeat", ""),
            Plain("DELETE", $"{Sessions}/{await SessionAsync(host)}", ""),
            Plain("PUT", Agent, """{"name":"Ada","responder_url":"https://agent.example/","timeouts":{"timeout_minutes":10}}"""),
            Plain("GET", Agent, ""),
            Plain("GET", $"{ThreadRequests.Workspace}/agents", ""),
            Plain("GET", "/api/agents", ""),
            Plain("DELETE", Agent, ""),
        ];
    }

    /// <summary>The id of a new session.</summary>
    public static async Task<string> SessionAsync(KithHost host) => (await host.SendAsync("POST", Sessions, Opening)).Json!["sessionId"]!.GetValue<string>();

    /// <summary>What its user may say in each way.</summary>
    public static IReadOnlyList<RawRequest> SentTo(string session) =>
    [
        Plain("POST", $"{Sessions}/{session}/messages", """{"content":"Hello","attachments":[{"type":"image","url":"https://x/y.png"}],"metadata":{"a":[1,{"b":"c"}]},"transport":"http"}"""),
        Plain("POST", $"{Sessions}/{session}/messages", """{"content":"Hello","transport":"sse"}"""),
        Plain("POST", $"{Sessions}/{session}/messages", """{"content":"Hello","metadata":{"a":"b"},"mode":"websocket"}"""),
    ];

    private static RawRequest Plain(string method, string target, string body) =>
        new(method, target, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
}
