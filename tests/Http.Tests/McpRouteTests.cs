using System.Text;

namespace Kith.Http.Tests;

/// <summary>What of the Model Context Protocol its published client does not send (tests/Clients/McpClientTests.cs).</summary>
public sealed class McpRouteTests
{
    private const string EventStream = "application/json, text/event-stream";

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":1e999}}""", EventStream, 400)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":1,"capabilities":[],"clientInfo":{}}}""", EventStream, 400)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"initialize","params":5}""", EventStream, 400)]
    [InlineData("""{"jsonrpc":"2.0"}""", EventStream, 400)]
    [InlineData("""[1]""", EventStream, 400)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", "application/json", 406)]
    [InlineData("""{"jsonrpc":"2.0","id":1,"method":"ping"}""", EventStream, 200)]
    [InlineData("""{"jsonrpc":"2.0","method":"notifications/initialized"}""", EventStream, 202)]
    public async Task What_is_no_message_is_refused(string body, string accept, int status)
    {
        await using var host = new KithHost();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var reply = await host.SendAsync("POST", "/mcp", content, headers: new Dictionary<string, string> { ["Accept"] = accept });
        Assert.True(reply.Code == status, $"{reply.Code} {reply.Text}");
    }
}
