using System.Text.Json.Nodes;

namespace Kith.Http.Tests.Threads;

/// <summary>Upstream's JSON files, taken over.</summary>
public sealed class ThreadImportTests(KithHost host) : IClassFixture<KithHost>
{
    private const string Child =
        """
        {"thread_id":"child-1","parent_thread_id":"parent-1","created_at":"2025-11-06T10:00:00.123456+00:00","last_updated_at":"2025-11-06T10:05:00+00:00","workflow_name":"chat",
         "messages":[{"role":"user","content":"Hallo Wörld","timestamp":"2025-11-06T10:01:00.000001+00:00","files":["a.py"],"workflow_name":null,"model_provider":null,"model_name":null,"metadata":{"source":"cli"}},
                     {"role":"assistant","content":"Hi","timestamp":"2025-11-06T10:02:00+00:00","files":null,"workflow_name":"chat","model_provider":"cli","model_name":"claude","metadata":{}}],
         "state":{"thinkdeep":{"step":2}},"initial_context":{"prompt":"p"},"status":"completed","branch_point":null,"sibling_threads":[]}
        """;

    private const string Parent =
        """
        {"thread_id":"parent-1","parent_thread_id":null,"created_at":"2025-11-06T09:00:00+00:00","last_updated_at":"2025-11-06T09:05:00+00:00","workflow_name":"chat",
         "messages":[{"role":"user","content":"Before","timestamp":"2025-11-06T09:01:00+00:00","metadata":{}}],"state":{},"initial_context":{},"status":"active"}
        """;

    private readonly ThreadApi _api = new(host, $"import-{Guid.NewGuid():N}");

    [Fact]
    public async Task Threads_keep_ids_and_times_and_a_child_may_come_before_its_parent()
    {
        var report = await _api.AskAsync("POST", "threads:import", $"[{Child},{Parent}]");
        Assert.Equal("""{"imported":["child-1","parent-1"],"skipped":[],"failed":[]}""", report.ToJsonString());

        var child = await _api.GetAsync("threads/child-1?include=messages,state");
        Assert.Equal(
            ("2025-11-06T10:00:00.123456Z", "2025-11-06T10:05:00Z", "completed", "parent-1"),
            ((string)child["createdAt"]!, (string)child["lastUpdatedAt"]!, (string)child["status"]!, (string)child["parentThreadId"]!));
        Assert.Equal("""{"thinkdeep":{"step":2}}""", child["state"]!["data"]!.ToJsonString());
        var first = child["messages"]![0]!;
        Assert.Equal(("Hallo Wörld", "2025-11-06T10:01:00.000001Z", """["a.py"]"""), ((string)first["content"]!, (string)first["timestamp"]!, first["files"]!.ToJsonString()));
        Assert.Equal(("claude", "cli"), ((string)child["messages"]![1]!["modelName"]!, (string)child["messages"]![1]!["modelProvider"]!));
        Assert.Equal(["parent-1", "child-1"], await _api.IdsAsync("threads/child-1/chain"));
        Assert.Equal(3, (int)(await _api.GetAsync("threads/child-1/history?includeParents=true"))["messageCount"]!);
        Assert.Equal(404, (await _api.SendAsync("GET", "threads/parent-1/state")).Code);
    }

    [Fact]
    public async Task What_is_there_already_is_skipped_and_what_is_bad_fails_alone_and_whole()
    {
        await _api.AskAsync("POST", "threads:import", $"[{Parent}]");
        var documents = new JsonArray(JsonNode.Parse(Parent), 3, Bad("no-workflow", "workflow_name", null), Bad("../escape", "status", "active"), Bad("bad-time", "created_at", "yesterday"), Bad("bad-status", "status", "open"), Bad("bad-message", "messages", JsonNode.Parse("""[{"role":"user","content":"ok"},{"role":"wizard","content":""}]""")), JsonNode.Parse(Child));
        var report = await _api.AskAsync("POST", "threads:import", documents.ToJsonString());

        Assert.Equal(["child-1"], report["imported"]!.AsArray().Select(id => (string)id!));
        Assert.Equal([(0, "parent-1")], report["skipped"]!.AsArray().Select(item => ((int)item!["index"]!, (string)item["threadId"]!)));
        Assert.Equal(
            [(1, null), (2, "no-workflow"), (3, "../escape"), (4, "bad-time"), (5, "bad-status"), (6, "bad-message")],
            report["failed"]!.AsArray().Select(item => ((int)item!["index"]!, (string?)item["threadId"])));
        Assert.All(report["failed"]!.AsArray(), item => Assert.NotEmpty((string)item!["reason"]!));
        Assert.Equal(404, (await _api.SendAsync("GET", "threads/bad-message")).Code);
        Assert.Equal(2, (int)(await _api.GetAsync("threads:statistics"))["totalThreads"]!);
    }

    [Fact]
    public async Task What_this_door_shows_can_be_imported_elsewhere()
    {
        await _api.AskAsync("POST", "threads:import", $"[{Child}]");
        var exported = await _api.GetAsync("threads/child-1?include=messages,state");
        var other = new ThreadApi(host, $"elsewhere-{Guid.NewGuid():N}");
        await other.AskAsync("POST", "threads:import", $"[{exported.ToJsonString()}]");
        var imported = await other.GetAsync("threads/child-1?include=messages,state");

        foreach (var thread in new[] { exported, imported })
        {
            thread.AsObject().Remove("expiresAt");
            foreach (var message in thread["messages"]!.AsArray())
                message!.AsObject().Remove("id");
        }

        Assert.Equal(exported.ToJsonString(), imported.ToJsonString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("3")]
    public async Task What_is_no_list_of_documents_is_refused(string body) => Assert.Equal(400, (await _api.SendAsync("POST", "threads:import", body)).Code);

    private static JsonNode Bad(string id, string member, JsonNode? value)
    {
        var document = JsonNode.Parse(Parent)!;
        document["thread_id"] = id;
        document[member] = value;
        return document;
    }
}
