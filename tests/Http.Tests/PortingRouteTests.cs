using System.Text;
using System.Text.Json.Nodes;

namespace Kith.Http.Tests;

/// <summary>Exports as streams, imports as jobs with a report.</summary>
public sealed class PortingRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task A_workspace_is_exported_and_imported_under_another_name()
    {
        await SayAsync(host, "home-office", "I live in Berlin.", 30);
        await host.IdleAsync("home-office");
        var exported = await host.SendAsync("GET", "/v1/workspaces/home-office/export");

        Assert.Equal((200, "application/x-ndjson"), (exported.Code, exported.Type));
        var lines = exported.Text.TrimEnd('\n').Split('\n');
        Assert.Equal("""{"format":"kith-export","version":1,"workspace":"home-office"}""", lines[0]);
        Assert.Equal("""{"end":true}""", lines[^1]);
        var done = await ImportAsync("copy", exported.Text, "");
        Assert.Equal((lines.Length - 2, 0, 0), ((int)done["imported"]!, (int)done["skipped"]!, (int)done["refused"]!));
        await host.IdleAsync("copy");
        Assert.Equal(30, (int)(await host.SendAsync("POST", "/v3/workspaces/copy/sessions/s/messages/list", "{}")).Json!["total"]!);
        Assert.Contains("Berlin", (await host.SendAsync("POST", "/v3/workspaces/copy/search", new { query = "Berlin" })).Text, StringComparison.Ordinal);
        Assert.Contains("Berlin", (await host.SendAsync("POST", "/v3/workspaces/copy/conclusions/list", "{}")).Text, StringComparison.Ordinal);
        Assert.Equal(exported.Text.Replace("\"home-office\"", "\"copy\"", StringComparison.Ordinal), (await host.SendAsync("GET", "/v1/workspaces/copy/export")).Text);
        Assert.Equal((string)done["id"]!, (string)(await host.SendAsync("GET", "/v1/workspaces/copy/imports")).Json!["items"]![0]!["id"]!);
    }

    [Fact]
    public async Task An_export_is_read_in_parts()
    {
        for (var i = 0; i < 7; i++)
            await SayAsync(host, "parts", "Just words", 100);
        await host.IdleAsync("parts");
        var whole = (await host.SendAsync("GET", "/v1/workspaces/parts/export")).Text;
        var text = new StringBuilder();
        for (var cursor = ""; ;)
        {
            var part = (await host.SendAsync("GET", $"/v1/workspaces/parts/export?limit=1{cursor}")).Text;
            text.Append(part);
            var last = JsonNode.Parse(part.TrimEnd('\n').Split('\n')[^1])!;
            if (last["cursor"] is null)
                break;
            cursor = $"&cursor={last["cursor"]}";
        }

        Assert.Equal(whole, text.ToString());
        Assert.Contains("\"cursor\"", whole, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_honcho_server_is_read_through_its_api()
    {
        await using var source = KithHost.OnKestrel();
        await SayAsync(source, "theirs", "I live in Lisbon.", 120);
        await source.SendAsync("POST", "/v3/workspaces/theirs/peers", new { id = "anna", metadata = new { age = 42 } });
        await source.SendAsync("PUT", "/v3/workspaces/theirs/peers/anna/card", new { peer_card = new[] { "Name: Anna" } });
        await source.IdleAsync("theirs");
        var body = new { url = source.Client.BaseAddress!.AbsoluteUri, workspace = "theirs" };
        for (var round = 0; round < 2; round++)
        {
            var accepted = await host.SendAsync("POST", "/v1/workspaces/ours/imports/honcho", body);
            Assert.True(accepted.Code == 202, accepted.Text);
            var done = await EndAsync("ours", (string)accepted.Json!["id"]!);
            Assert.Equal(("completed", 0), ((string)done["state"]!, (int)done["refused"]!));
            Assert.Equal(round == 0, (int)done["imported"]! > 120);
        }

        var messages = (await host.SendAsync("POST", "/v3/workspaces/ours/sessions/s/messages/list?size=100", "{}")).Json!;
        var original = (await source.SendAsync("POST", "/v3/workspaces/theirs/sessions/s/messages/list?size=100", "{}")).Json!;
        Assert.Equal(120, (int)messages["total"]!);
        Assert.Equal(Told(original), Told(messages));
        Assert.Equal(42, (int)(await host.SendAsync("POST", "/v3/workspaces/ours/peers", new { id = "anna" })).Json!["metadata"]!["age"]!);
        Assert.Contains("Name: Anna", (await host.SendAsync("GET", "/v3/workspaces/ours/peers/anna/card")).Text, StringComparison.Ordinal);
        Assert.Contains("Lisbon", (await host.SendAsync("POST", "/v3/workspaces/ours/conclusions/list", "{}")).Text, StringComparison.Ordinal);

        static string Told(JsonNode page) => string.Join('\n', page["items"]!.AsArray().Select(message => $"{message!["id"]} {message["peer_id"]} {message["content"]} {message["created_at"]}"));
    }

    [Fact]
    public async Task Chat_gpt_s_file_and_mem0_s_list_are_imported()
    {
        const string Conversations = """[{"id":"c","title":"T","mapping":{"a":{"id":"a","message":{"id":"m","author":{"role":"user"},"content":{"content_type":"text","parts":["I live in Porto."]}},"parent":null,"children":[]}}}]""";
        Assert.Equal(2, (int)(await ImportAsync("foreign", Conversations, "?format=chatgpt&user=anna"))["imported"]!);
        Assert.Equal(1, (int)(await ImportAsync("foreign", """[{"memory":"Likes tea","user_id":"anna"}]""", "?format=mem0"))["imported"]!);
        Assert.Contains("I live in Porto.", (await host.SendAsync("POST", "/v3/workspaces/foreign/sessions/c/messages/list", "{}")).Text, StringComparison.Ordinal);
        Assert.Contains("Likes tea", (await host.SendAsync("POST", "/v3/workspaces/foreign/conclusions/list", "{}")).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("imports?format=word", "[]", "format")]
    [InlineData("imports?format=mem0", "[", "No valid JSON")]
    [InlineData("imports?format=chatgpt&user=a&assistant=a", "[]", "two names")]
    [InlineData("imports", "{\"format\":\"kith-export\",\"version\":1}\n{\"at\":1}", "Line 2: 'at' is missing")]
    [InlineData("imports", "", "empty")]
    [InlineData("imports/honcho", """{"url":"ftp://example.org"}""", "Only HTTP")]
    [InlineData("imports/honcho", """{}""", "url")]
    public async Task What_cannot_be_imported_is_refused_with_the_reason(string path, string body, string reason)
    {
        var reply = await host.SendAsync("POST", $"/v1/workspaces/refused/{path}", body);
        Assert.Equal((400, "application/problem+json"), (reply.Code, reply.Type));
        Assert.Contains(reason, reply.Text, StringComparison.Ordinal);
        Assert.Equal(0, (int)(await host.SendAsync("GET", "/v1/workspaces/refused/imports")).Json!["total"]!);
    }

    [Theory]
    [InlineData("nowhere/export")]
    [InlineData("nowhere/imports/none")]
    public async Task What_does_not_exist_is_not_found(string path) =>
        Assert.Equal(404, (await host.SendAsync("GET", $"/v1/workspaces/{path}")).Code);

    private static async Task SayAsync(KithHost host, string workspace, string text, int times)
    {
        foreach (var messages in Enumerable.Repeat(new { content = text, peer_id = "anna" }, times).Chunk(100))
            Assert.Equal(201, (await host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions/s/messages", new { messages })).Code);
    }

    private async Task<JsonNode> ImportAsync(string workspace, string text, string query)
    {
        using var content = new StringContent(text, Encoding.UTF8, "application/x-ndjson");
        var accepted = await host.SendAsync("POST", $"/v1/workspaces/{workspace}/imports{query}", content);
        Assert.True(accepted.Code == 202, accepted.Text);
        Assert.Equal($"/v1/workspaces/{workspace}/imports/{accepted.Json!["id"]}", accepted.Headers.Location!.ToString());
        var done = await EndAsync(workspace, (string)accepted.Json["id"]!);
        Assert.Equal("completed", (string)done["state"]!);
        return done;
    }

    private async Task<JsonNode> EndAsync(string workspace, string id)
    {
        for (var tries = 0; tries < 1200; tries++)
        {
            var import = (await host.SendAsync("GET", $"/v1/workspaces/{workspace}/imports/{id}")).Json!;
            if ((string)import["state"]! != "running")
                return import;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException("The import has not ended after a minute.");
    }
}
