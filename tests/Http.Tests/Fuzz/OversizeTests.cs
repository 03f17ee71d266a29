namespace Kith.Http.Tests.Fuzz;

/// <summary>What fits no document of the store is refused before anything is stored.</summary>
public sealed class OversizeTests(KithHost host) : IClassFixture<KithHost>
{
    private static readonly string Text = new('x', 1024 * 1024);

    [Theory]
    [InlineData("PUT", "/v3/workspaces/w", """{"metadata":{"a":"%"}}""")]
    [InlineData("POST", "/v3/workspaces/w/peers", """{"id":"large","metadata":{"a":"%"}}""")]
    [InlineData("POST", "/v3/workspaces/w/peers", """{"id":"large","configuration":{"a":"%"}}""")]
    [InlineData("PUT", "/v3/workspaces/w/peers/large/card", """{"peer_card":["%"]}""")]
    [InlineData("POST", "/v3/workspaces/w/sessions", """{"id":"large","metadata":{"a":"%"}}""")]
    [InlineData("POST", "/v3/workspaces/w/scopes", """{"id":"large","metadata":{"a":"%"}}""")]
    [InlineData("POST", "/v3/workspaces/w/sessions/large/messages", """{"messages":[{"content":"a","peer_id":"p"},{"content":"b","peer_id":"p","metadata":{"a":"%"}}]}""")]
    public async Task What_is_larger_than_a_document_is_refused(string method, string path, string body)
    {
        var reply = await host.SendAsync(method, path, body.Replace("%", Text, StringComparison.Ordinal));
        Assert.Equal(413, reply.Code);
        Assert.NotNull(reply.Json!["detail"]);
        Assert.Equal(0, (await host.SendAsync("POST", "/v3/workspaces/w/sessions/large/messages/list")).Json!["total"]!.GetValue<int>());
    }
}
