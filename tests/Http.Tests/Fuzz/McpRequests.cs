using System.Text;

namespace Kith.Http.Tests.Fuzz;

/// <summary>Messages of the Model Context Protocol, for fuzzing.</summary>
internal static class McpRequests
{
    public static IReadOnlyList<RawRequest> All { get; } =
    [
        Message("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"fuzz","version":"1"}}}"""),
        Message("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""),
        Message("""{"jsonrpc":"2.0","id":2,"method":"tools/list"}"""),
        Message("""{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"remember","arguments":{"content":"Alice prefers trains","peer":"alice"}}}"""),
        Message("""{"jsonrpc":"2.0","id":4,"method":"resources/list","params":{"cursor":"sessions:1"}}"""),
        new("GET", "/.well-known/oauth-protected-resource", [], []),
        new("GET", "/.well-known/oauth-protected-resource/mcp", [], []),
    ];

    private static RawRequest Message(string body) =>
        new("POST", "/mcp?workspace=fuzzed&peer=alice", [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")], Encoding.UTF8.GetBytes(body));
}
