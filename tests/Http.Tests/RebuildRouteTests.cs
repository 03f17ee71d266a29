using System.Text.Json.Nodes;
using Kith.Core.Recall;

namespace Kith.Http.Tests;

/// <summary>Rebuilds as jobs with progress.</summary>
public sealed class RebuildRouteTests(KithHost host) : IClassFixture<KithHost>
{
    [Fact]
    public async Task A_rebuild_is_accepted_and_reports_its_progress_until_it_is_done()
    {
        await SayAsync("rebuild", "I live in Berlin.");
        var accepted = await host.SendAsync("POST", "/v1/workspaces/rebuild/rebuilds");
        var id = (string)accepted.Json!["id"]!;

        Assert.Equal((202, $"/v1/workspaces/rebuild/rebuilds/{id}"), (accepted.Code, accepted.Headers.Location!.ToString()));
        Assert.Equal(
            ["id", "what", "session", "peer", "state", "reason", "progress", "embedding_model", "created_at", "finished_at"],
            accepted.Json.AsObject().Select(member => member.Key));
        Assert.Equal(["conclusions", "summaries", "index"], accepted.Json["what"]!.AsArray().Select(part => (string)part!));
        var done = await FinishedAsync("rebuild", id);
        Assert.Equal("completed", (string)done["state"]!);
        Assert.Equal("""{"sessions_done":1,"sessions_total":1,"messages_done":1,"messages_total":1}""", done["progress"]!.ToJsonString());
        Assert.NotNull(done["finished_at"]);
        var listed = (await host.SendAsync("GET", "/v1/workspaces/rebuild/rebuilds")).Json!;
        Assert.Equal((1, id), ((int)listed["total"]!, (string)listed["items"]![0]!["id"]!));
    }

    [Fact]
    public async Task A_part_of_a_workspace_is_rebuilt_where_it_is_named()
    {
        await SayAsync("part", "I live in Berlin.");
        var accepted = await host.SendAsync("POST", "/v1/workspaces/part/rebuilds", new { what = new[] { "index", "conclusions" }, session = "s", peer = "anna" });
        Assert.Equal(("s", "anna"), ((string)accepted.Json!["session"]!, (string)accepted.Json["peer"]!));
        Assert.Equal("completed", (string)(await FinishedAsync("part", (string)accepted.Json["id"]!))["state"]!);
    }

    [Theory]
    [InlineData("""{"what":[]}""")]
    [InlineData("""{"what":["everything"]}""")]
    [InlineData("""{"session":1}""")]
    [InlineData("[]")]
    public async Task A_request_of_the_wrong_shape_is_refused(string body)
    {
        var reply = await host.SendAsync("POST", "/v1/workspaces/nowhere/rebuilds", body);
        Assert.Equal((400, "invalid", "application/problem+json"), (reply.Code, (string)reply.Json!["code"]!, reply.Type));
    }

    [Theory]
    [InlineData("POST", "nowhere/rebuilds", "{}")]
    [InlineData("POST", "missing/rebuilds", """{"session":"nothing"}""")]
    [InlineData("POST", "missing/rebuilds", """{"peer":"nobody"}""")]
    [InlineData("GET", "missing/rebuilds/nothing", null)]
    public async Task What_does_not_exist_is_not_found(string method, string path, string? body)
    {
        await SayAsync("missing", "hello");
        Assert.Equal(404, (await host.SendAsync(method, "/v1/workspaces/" + path, body)).Code);
    }

    [Fact]
    public async Task A_changed_embedding_model_is_noticed_at_the_start_and_the_workspace_changes_to_it()
    {
        var folder = Directory.CreateTempSubdirectory("kith-model-");
        await using (var first = KithHost.In(folder, new HashedEmbedder(64)))
        {
            await SayAsync("models", "The harbour opens at nine", first);
            await Eventually.SeeAsync(async () => (await first.SendAsync("POST", "/v3/workspaces/models/search", new { query = "harbour" })).Json!.AsArray().Count, found => found == 1);
        }

        await using (var second = KithHost.In(folder, new HashedEmbedder(32)))
        {
            await Eventually.SeeAsync(
                async () => (await second.SendAsync("GET", "/v1/workspaces/models/rebuilds")).Json!["items"]!.AsArray(), rebuilds => rebuilds is [{ } only] && (string)only["state"]! == "completed");
            var found = await Eventually.SeeAsync(
                () => second.SendAsync("POST", "/v3/workspaces/models/search", new { query = "The harbour opens at nine", include_scores = true }),
                found => found.Json![0]!["matched_by"]!.ToJsonString() == """["text","vector"]""");
            Assert.False(found.Headers.Contains("X-Kith-Degraded"));
        }

        folder.Delete(recursive: true);
    }

    private async Task SayAsync(string workspace, string content, KithHost? other = null) =>
        await (other ?? host).SendAsync("POST", $"/v3/workspaces/{workspace}/sessions/s/messages", new { messages = new[] { new { content, peer_id = "anna" } } });

    private Task<JsonNode> FinishedAsync(string workspace, string id) =>
        Eventually.SeeAsync(async () => (await host.SendAsync("GET", $"/v1/workspaces/{workspace}/rebuilds/{id}")).Json!, rebuild => rebuild["finished_at"] is not null);
}
