namespace Kith.Http.Tests.Threads;

/// <summary>Branches, and what becomes of them when threads go.</summary>
public sealed class BranchTests(KithHost host) : IClassFixture<KithHost>
{
    private readonly ThreadApi _api = new(host, $"branch-{Guid.NewGuid():N}");

    [Fact]
    public async Task Siblings_share_parent_and_branch_point()
    {
        var parent = await _api.CreateAsync();
        var first = await _api.SayAsync(parent, "1");
        var second = await _api.SayAsync(parent, "2");
        var a = await _api.CreateAsync(parent: parent, branchPoint: first);
        var b = await _api.CreateAsync(parent: parent, branchPoint: first);
        var c = await _api.CreateAsync(parent: parent, branchPoint: second);

        Assert.Equal([b], await _api.IdsAsync($"threads/{a}/siblings"));
        Assert.Empty(await _api.IdsAsync($"threads/{c}/siblings"));
        Assert.Empty(await _api.IdsAsync($"threads/{parent}/siblings"));
        Assert.Equal([c, b, a], await _api.IdsAsync($"threads?parent={parent}"));
    }

    [Fact]
    public async Task A_history_with_parents_is_cut_at_each_branch_point()
    {
        var root = await _api.CreateAsync();
        var point = await _api.SayAsync(root, "r1", "r2");
        await _api.SayAsync(root, "r3");
        var middle = await _api.CreateAsync(parent: root, branchPoint: point);
        await _api.SayAsync(middle, "m1", "m2");
        var leaf = await _api.CreateAsync(parent: middle);
        await _api.SayAsync(middle, "m3");
        await _api.SayAsync(leaf, "l1");

        Assert.Equal(["r1", "r2", "m1", "m2", "l1"], (await _api.GetAsync($"threads/{leaf}/history?includeParents=true"))["messages"]!.AsArray().Select(message => (string)message!["content"]!));
        Assert.Equal(1, (int)(await _api.GetAsync($"threads/{leaf}/history"))["messageCount"]!);
    }

    [Fact]
    public async Task A_branch_of_an_empty_thread_has_nothing_before_it()
    {
        var root = await _api.CreateAsync();
        var branch = await _api.CreateAsync(parent: root);
        await _api.SayAsync(root, "later");

        Assert.Equal(0, (int)(await _api.GetAsync($"threads/{branch}/history?includeParents=true"))["messageCount"]!);
    }

    [Fact]
    public async Task A_branch_is_spoken_by_the_peers_of_its_parent()
    {
        var parent = (string)(await _api.AskAsync("POST", "threads", new { workflowName = "chat", userPeer = "alice", assistantPeer = "bot" }))["threadId"]!;
        var branch = await _api.GetAsync($"threads/{await _api.CreateAsync(parent: parent)}");
        Assert.Equal(("alice", "bot", "system"), ((string)branch["userPeer"]!, (string)branch["assistantPeer"]!, (string)branch["systemPeer"]!));
    }

    [Fact]
    public async Task Orphans_stay_and_their_chain_ends()
    {
        var (parent, child) = await FamilyAsync();
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"threads/{parent}")).Code);
        Assert.Equal(404, (await _api.SendAsync("GET", $"threads/{parent}")).Code);
        var chain = await _api.GetAsync($"threads/{child}/chain");
        Assert.Equal((1, true), (chain["threads"]!.AsArray().Count, (bool)chain["truncated"]!));
        Assert.Equal(1, (int)(await _api.GetAsync($"threads/{child}/history?includeParents=true"))["messageCount"]!);
    }

    [Fact]
    public async Task A_deletion_may_take_all_branches_with_it()
    {
        var (parent, child) = await FamilyAsync();
        var grandchild = await _api.CreateAsync(parent: child);
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"threads/{parent}?children=cascade")).Code);
        foreach (var id in new[] { parent, child, grandchild })
            Assert.Equal(404, (await _api.SendAsync("GET", $"threads/{id}")).Code);
        Assert.Empty(await _api.IdsAsync("threads"));
    }

    [Fact]
    public async Task A_deletion_may_be_forbidden_while_there_are_branches()
    {
        var (parent, child) = await FamilyAsync();
        var reply = await _api.SendAsync("DELETE", $"threads/{parent}?children=forbid");
        Assert.Equal((409, "conflict"), (reply.Code, (string)reply.Json!["code"]!));
        await _api.SendAsync("DELETE", $"threads/{child}");
        Assert.Equal(204, (await _api.SendAsync("DELETE", $"threads/{parent}?children=forbid")).Code);
    }

    private async Task<(string Parent, string Child)> FamilyAsync()
    {
        var parent = await _api.CreateAsync();
        await _api.SayAsync(parent, "p");
        var child = await _api.CreateAsync(parent: parent);
        await _api.SayAsync(child, "c");
        return (parent, child);
    }
}
