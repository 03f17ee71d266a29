using System.Text;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Requests of the threads door that succeed, one or more for each route; those that create come first.</summary>
internal static class ThreadRequests
{
    public const string Workspace = "/v1/workspaces/fuzzed";
    public const string WatchedWorkspace = "watched";

    public static IReadOnlyList<RawRequest> All { get; } =
    [
        Of("PUT", "/settings", """{"ttlHours":72,"maxMessages":100,"ttlFrom":"lastActivity","archivedReadOnly":false}"""),
        Of("GET", "/settings"),
        Of("POST", "/threads", """{"workflowName":"chat","threadId":"t","initialContext":{"a":{"b":[1]}},"ttlHours":24,"maxMessages":50,"userPeer":"alice","assistantPeer":"bot","systemPeer":"sys"}"""),
        Of("POST", "/threads", """{"workflowName":"chat","parentThreadId":"t"}"""),
        Of("POST", "/threads/t/messages", """{"role":"user","content":"I live in Rome.","files":["a.py"],"workflowName":"w","modelProvider":"cli","modelName":"m","metadata":{"a":1},"timestamp":"2025-11-06T10:00:00Z"}"""),
        Of("POST", "/threads/u/messages?createIfMissing=true", """{"role":"system","content":"Be brief."}"""),
        Of("POST", "/threads/t/messages:batch", """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","files":[]}]}"""),
        Of("GET", "/threads/t/messages?limit=2&role=user&before=9&after=0&order=desc&includeSystem=false"),
        Of("GET", "/threads/t/history?format=text&layout=seed&maxTurns=3&maxMessages=5&maxTokens=100&includeParents=true"),
        Of("GET", "/threads/t/history?smartCompaction=false&includeFiles=false&maxTokens=10"),
        Of("GET", "/threads/t/summary"),
        Of("PUT", "/threads/t/state", """{"data":{"step":1},"schemaVersion":"1.0","workflowName":"w","createdAt":"2025-01-01T00:00:00Z"}"""),
        Of("PATCH", "/threads/t/state", """{"data":{"step":null}}""").With("If-Match", "*"),
        Of("GET", "/threads/t/state"),
        Of("GET", "/threads/t?include=messages,state"),
        Of("PATCH", "/threads/t", """{"initialContext":{"b":2},"workflowName":"chat","ttlHours":30,"maxMessages":20}"""),
        Of("GET", "/threads?workflow=chat&status=active&parent=t&limit=5"),
        Of("GET", "/threads:statistics"),
        Of("POST", "/threads:cleanup", """{"kind":"archived","keepRecentHours":168}"""),
        Of("POST", "/threads:cleanup", """{"kind":"expired","maxAgeHours":1000}"""),
        Of("POST", "/threads:import", """[{"thread_id":"i","parent_thread_id":"t","created_at":"2025-11-06T10:00:00+00:00","last_updated_at":"2025-11-06T10:00:01+00:00","workflow_name":"chat","messages":[{"role":"user","content":"x","timestamp":"2025-11-06T10:00:00+00:00","metadata":{}}],"state":{"data":{},"schema_version":"2"},"initial_context":{},"status":"completed","branch_point":"x"}]"""),
        Of("GET", "/threads/t/chain?maxDepth=3"),
        Of("GET", "/threads/t/children"),
        Of("GET", "/threads/t/siblings"),
        Of("POST", "/threads/t/complete"),
        Of("POST", "/threads/t/archive"),
        Of("POST", "/threads/t/reopen"),
        Of("PUT", "/states/chat", """{"data":{"a":1},"schemaVersion":"2.0"}"""),
        Of("PATCH", "/states/chat", """{"data":{"b":1}}"""),
        Of("GET", "/states/chat"),
        Of("GET", "/states"),
        Of("PUT", "/states/other", """{"data":{}}"""),
        Of("DELETE", "/states/other"),
        Of("DELETE", "/states"),
        Of("PUT", "/states/chat", """{"data":{"a":2}}"""),
        Of("DELETE", "/threads/u?children=cascade"),
    ];

    /// <summary>A thread that gets nothing but messages.</summary>
    public static IReadOnlyList<RawRequest> Watched { get; } =
    [
        In("/v1/workspaces/" + WatchedWorkspace, "POST", "/threads", """{"workflowName":"chat","threadId":"t"}"""),
        In("/v1/workspaces/" + WatchedWorkspace, "POST", "/threads/t/messages", """{"role":"user","content":"I live in Rome.","files":["a.py"],"modelName":"m","metadata":{"a":1},"timestamp":"2025-11-06T10:00:00Z"}"""),
        In("/v1/workspaces/" + WatchedWorkspace, "POST", "/threads/t/messages?createIfMissing=true", """{"role":"system","content":"Be brief."}"""),
        In("/v1/workspaces/" + WatchedWorkspace, "POST", "/threads/t/messages:batch", """{"messages":[{"role":"user","content":"a"},{"role":"assistant","content":"b","files":[],"metadata":{"b":[1]}}]}"""),
    ];

    private static RawRequest Of(string method, string path, string body = "") => In(Workspace, method, path, body);

    private static RawRequest In(string workspace, string method, string path, string body) =>
        new(method, workspace + path, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
}
