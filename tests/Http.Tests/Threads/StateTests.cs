namespace Kith.Http.Tests.Threads;

/// <summary>States under the names of workflows, and versions of all states.</summary>
public sealed class StateTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly ThreadApi _api = new(host, $"state-{Guid.NewGuid():N}");

    [Theory]
    [InlineData("states/arbiter")]
    [InlineData("threads/t/state")]
    public async Task A_state_is_set_merged_and_keeps_its_version_and_creation(string path)
    {
        await ThreadAsync();
        Assert.Equal(404, (await _api.SendAsync("GET", path)).Code);
        var first = await _api.AskAsync("PUT", path, new { data = new { a = 1, b = new { c = 1 } }, schemaVersion = "2.1" });
        var merged = await _api.AskAsync("PATCH", path, """{"data":{"b":{"d":2},"e":null}}""");

        Assert.Equal("""{"a":1,"b":{"d":2},"e":null}""", merged["data"]!.ToJsonString());
        Assert.Equal(("2.1", (string)first["createdAt"]!), ((string)merged["schemaVersion"]!, (string)merged["createdAt"]!));
        Assert.NotEqual((string)first["updatedAt"]!, (string)merged["updatedAt"]!);
        Assert.Equal(merged.ToJsonString(), (await _api.GetAsync(path)).ToJsonString());
        Assert.Equal("""{"z":1}""", (await _api.AskAsync("PUT", path, new { data = new { z = 1 } }))["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("states/arbiter")]
    [InlineData("threads/t/state")]
    public async Task A_change_creates_what_is_missing(string path)
    {
        await ThreadAsync();
        var state = await _api.AskAsync("PATCH", path, new { data = new { a = 1 } });
        Assert.Equal(("1.0", """{"a":1}"""), ((string)state["schemaVersion"]!, state["data"]!.ToJsonString()));
    }

    [Theory]
    [InlineData("states/arbiter")]
    [InlineData("threads/t/state")]
    public async Task A_stale_version_changes_nothing(string path)
    {
        await ThreadAsync();
        var body = new { data = new { a = 1 } };
        Assert.Equal(412, (await _api.SendAsync("PUT", path, body, ifMatch: "*")).Code);
        var first = (await _api.SendAsync("PUT", path, body, ifNoneMatch: "*")).Headers.ETag!.ToString();
        Assert.Equal(412, (await _api.SendAsync("PUT", path, body, ifNoneMatch: "*")).Code);
        var second = (await _api.SendAsync("PATCH", path, new { data = new { a = 2 } }, ifMatch: first)).Headers.ETag!.ToString();
        Assert.NotEqual(first, second);
        var stale = await _api.SendAsync("PATCH", path, new { data = new { a = 3 } }, ifMatch: first);

        Assert.Equal((412, "stale"), (stale.Code, (string)stale.Json!["code"]!));
        Assert.Equal(2, (int)(await _api.GetAsync(path))["data"]!["a"]!);
        Assert.Equal(second, (await _api.SendAsync("GET", path)).Headers.ETag!.ToString());
        Assert.Equal(200, (await _api.SendAsync("PUT", path, body, ifMatch: $"{first}, {second}")).Code);
        Assert.Equal(200, (await _api.SendAsync("PUT", path, body, ifMatch: "*")).Code);
    }

    [Theory]
    [InlineData("states/counter")]
    [InlineData("threads/t/state")]
    public async Task Writers_that_try_again_lose_no_change(string path)
    {
        await ThreadAsync();
        await _api.AskAsync("PUT", path, new { data = new { count = 0 } });
        await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
        {
            for (var done = 0; done < 10;)
            {
                var read = await _api.SendAsync("GET", path);
                var written = await _api.SendAsync("PATCH", path, new { data = new { count = (int)read.Json!["data"]!["count"]! + 1 } }, ifMatch: read.Headers.ETag!.ToString());
                done += written.Code == 200 ? 1 : 0;
            }
        }));
        Assert.Equal(100, (int)(await _api.GetAsync(path))["data"]!["count"]!);
    }

    [Theory]
    [InlineData("states/shared")]
    [InlineData("threads/t/state")]
    public async Task Merges_without_a_version_lose_none_of_each_other(string path)
    {
        await ThreadAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _api.AskAsync("PATCH", path, new { data = new Dictionary<string, int> { [$"k{i}"] = i } })));
        Assert.Equal(20, (await _api.GetAsync(path))["data"]!.AsObject().Count);
    }

    [Fact]
    public async Task Named_states_are_listed_deleted_and_cleared()
    {
        foreach (var workflow in new[] { "chat", "think.deep" })
            await _api.AskAsync("PUT", $"states/{workflow}", new { data = new { workflow } });
        Assert.Equal("""{"workflows":["chat","think.deep"]}""", (await _api.SendAsync("GET", "states")).Text);
        Assert.Equal(204, (await _api.SendAsync("DELETE", "states/chat")).Code);
        Assert.Equal(404, (await _api.SendAsync("DELETE", "states/chat")).Code);
        Assert.Equal("""{"removed":1}""", (await _api.SendAsync("DELETE", "states")).Text);
        Assert.Equal("""{"workflows":[]}""", (await _api.SendAsync("GET", "states")).Text);
    }

    [Fact]
    public async Task A_state_read_here_can_be_stored_elsewhere_with_its_version_and_times()
    {
        await _api.AskAsync("PUT", "states/chat", new { data = new { a = "ü" }, schemaVersion = "3.0" });
        var exported = await _api.GetAsync("states/chat");
        var imported = await new ThreadApi(host, $"elsewhere-{Guid.NewGuid():N}").AskAsync("PUT", "states/chat", exported.ToJsonString());
        Assert.Equal(exported.ToJsonString(), imported.ToJsonString());
    }

    [Fact]
    public async Task Writing_a_state_is_activity_of_the_thread()
    {
        await ThreadAsync();
        var before = await _api.SendAsync("GET", "threads/t");
        await _api.AskAsync("PUT", "threads/t/state", new { data = new { } });
        var after = await _api.SendAsync("GET", "threads/t");
        Assert.True(string.CompareOrdinal((string)before.Json!["lastUpdatedAt"]!, (string)after.Json!["lastUpdatedAt"]!) < 0);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
    }

    private Task<KithHost.Reply> ThreadAsync() => _api.SendAsync("POST", "threads", new { workflowName = "chat", threadId = "t" });
}
