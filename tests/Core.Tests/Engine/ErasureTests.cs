using System.Text;
using Kith.Core.Erasing;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What is erased is found nowhere any more, what rests on it is gone or made anew without it, and nothing else is touched.</summary>
public sealed class ErasureTests
{
    [Fact]
    public async Task After_erasing_a_peer_no_word_of_it_is_in_any_file()
    {
        await using var engine = new TestEngine();
        string[] markers = [.. Enumerable.Range(0, 120).Select(i => $"zyzzyvaq{i}marker")];
        await engine.JoinAsync("s", "bob", new(ObserveOthers: true));
        for (var i = 0; i < markers.Length; i++)
        {
            await engine.SayAsync(i % 3 == 0 ? "t" : "s", "alice", $"I keep {markers[i]} {string.Concat(Enumerable.Repeat("and more ", i * 7))}");
            await engine.SayAsync("s", "bob", $"My own word number {i}");
        }

        await engine.Core.PeerCards.SetAsync(Tenant, "bob", "alice", ["likes zyzzyvaqcardmarker"], Cancel);
        await engine.Core.Peers.GetOrCreateAsync(Tenant, "alice", Json("""{"note":"zyzzyvaqpeermarker"}"""), null, Cancel);
        await engine.DrainAsync();
        await engine.Core.Sessions.CloneAsync(Tenant, "s", null, Cancel);
        await engine.DrainAsync();
        var before = await OthersAsync(engine);
        Assert.NotEmpty(Found(engine, "zyzzyvaq"));

        var erasure = await EraseAsync(engine, new ErasureTarget(ErasureKind.Peer, Peer: "alice"));

        Assert.Equal((ErasureState.Completed, 0), (erasure.State, erasure.Remaining.Count));
        Assert.Empty(Found(engine, "zyzzyvaq"));
        Assert.Equal(120 + 80, erasure.Counts["message"]);
        Assert.Equal(120 + 80 + erasure.Counts["conclusion"], erasure.Counts["recall"]);
        Assert.True(erasure.Counts["conclusion"] > 1 && erasure.Counts["derivation"] > 1 && erasure.Counts["member"] == 3 && erasure.Counts["peer"] == 1);
        Assert.Empty((await engine.Core.Erasures.ProveAsync(Tenant, erasure.Id, Cancel)).Remaining);
        await engine.DrainAsync();
        Assert.Equal(before, await OthersAsync(engine));
        Assert.Equal(120, (await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(), null, Cancel)).Total);
        Assert.Null(await engine.Core.Peers.FindAsync(Tenant, "alice", Cancel));
        Assert.Empty(Found(engine, "zyzzyvaq"));
    }

    [Fact]
    public async Task An_erased_message_takes_what_rests_on_it_alone_and_leaves_what_others_say_too()
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        var said = await engine.SayAsync("s", "alice", "I have a dog", "i have a DOG", "My secret is zyzzyvaq", "I like tea");
        await engine.DrainAsync();
        var known = await AllAsync(engine);
        Assert.Equal(2, known.Single(conclusion => conclusion.MessageIds.Contains(said[1].Id)).TimesDerived);

        await EraseAsync(engine, new ErasureTarget(ErasureKind.Message, "s", said[1].Id));
        var erasure = await EraseAsync(engine, new ErasureTarget(ErasureKind.Message, "s", said[2].Id));
        await engine.DrainAsync();

        Assert.Equal(ErasureState.Completed, erasure.State);
        Assert.Equal((1L, 1L), (erasure.Counts["message"], erasure.Counts["conclusion"]));
        Assert.Equal(["I have a dog", "I like tea"], (await AllAsync(engine)).Select(conclusion => conclusion.Content).Order());
        Assert.Equal([said[0].Id], (await AllAsync(engine)).Single(conclusion => conclusion.Content == "I have a dog").MessageIds);
        Assert.Empty(Found(engine, "zyzzyvaq"));
        Assert.Empty(Found(engine, "DOG"));
        var page = await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(1, 1), null, Cancel);
        Assert.Equal((2L, said[0].Id), (page.Total, page.Items.Single().Id));
        Assert.Equal(said[3].Id, (await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(2, 1), null, Cancel)).Items.Single().Id);
        Assert.Null(await engine.Core.Messages.FindAsync(Tenant, "s", said[2].Id, Cancel));
        Assert.Equal(5, (await engine.SayAsync("s", "alice", "And on")).Single().Sequence);
    }

    [Fact]
    public async Task What_repeats_an_erased_message_in_other_words_is_derived_again_from_what_is_left()
    {
        await using var engine = new TestEngine(new ScriptedReasoner { Speaker = false });
        var first = (await engine.SayAsync("s", "alice", Long))[0];
        await engine.DrainAsync();
        var second = (await engine.SayAsync("s", "alice", Long + " zyzzyvaq"))[0];
        await engine.DrainAsync();
        var merged = Assert.Single(await AllAsync(engine));
        Assert.SkipUnless(merged.MessageIds.Count == 2, "The embedder does not take the two for the same.");

        await EraseAsync(engine, new ErasureTarget(ErasureKind.Message, "s", second.Id));

        var left = Assert.Single(await AllAsync(engine));
        Assert.Equal(Long, left.Content);
        Assert.Equal([first.Id], left.MessageIds);
        Assert.Empty(Found(engine, "zyzzyvaq"));
    }

    [Fact]
    public async Task Copies_of_an_erased_message_go_too_and_summaries_are_made_anew()
    {
        await using var engine = new TestEngine();
        var said = await engine.SayAsync("s", "alice", [.. Enumerable.Range(1, 19).Select(i => $"Remark {i}"), "zyzzyvaq the last"]);
        await engine.DrainAsync();
        Assert.Contains("zyzzyvaq", (await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel)).Short!.Content, StringComparison.Ordinal);
        var copy = await engine.Core.Sessions.CloneAsync(Tenant, "s", null, Cancel);
        var second = await engine.Core.Sessions.CloneAsync(Tenant, copy.Name, null, Cancel);
        await engine.DrainAsync();

        var erasure = await EraseAsync(engine, new ErasureTarget(ErasureKind.Message, "s", said[^1].Id));
        await engine.DrainAsync();

        Assert.Equal(3, erasure.Counts["message"]);
        foreach (var session in new[] { "s", copy.Name, second.Name })
        {
            Assert.Equal(19, (await engine.Core.Messages.ListAsync(Tenant, session, new Paging(), null, Cancel)).Total);
            Assert.DoesNotContain("zyzzyvaq", (await engine.Core.Summaries.FindAsync(Tenant, session, Cancel)).Short!.Content, StringComparison.Ordinal);
        }

        Assert.Empty(Found(engine, "zyzzyvaq"));
    }

    [Fact]
    public async Task A_large_erased_message_does_not_count_against_the_budget_of_a_context()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "Short and sweet");
        var large = (await engine.SayAsync("s", "alice", string.Concat(Enumerable.Repeat("many words ", 1_000))))[0];
        await EraseAsync(engine, new ErasureTarget(ErasureKind.Message, "s", large.Id));

        var context = await engine.Core.Contexts.OfSessionAsync(new Core.Context.SessionContextRequest(Tenant, "s") { Tokens = 100, Summary = false }, Cancel);

        Assert.Equal(["Short and sweet"], context.Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task What_is_erased_while_it_is_derived_does_not_come_back()
    {
        var reasoner = new ScriptedReasoner();
        await using var engine = new TestEngine(reasoner);
        var said = await engine.SayAsync("s", "alice", "My secret is zyzzyvaq", "I like tea");
        reasoner.Reads = turn =>
        {
            reasoner.Reads = other => other.Content;
            EraseAsync(engine, new ErasureTarget(ErasureKind.Message, "s", said[0].Id)).GetAwaiter().GetResult();
            return turn.Content;
        };

        var derive = (await engine.Core.Planner.PlanAsync(Session("s"), Cancel)).OfType<Work.WorkStep.Derive>().Single();
        var overtaken = await Assert.ThrowsAsync<KithException>(() => engine.Core.Runner.RunAsync(derive, Cancel));
        Assert.Equal(ErrorCode.Unavailable, overtaken.Code);
        await engine.DrainAsync();

        Assert.Equal(["alice: I like tea"], (await AllAsync(engine)).Select(conclusion => conclusion.Content));
        await engine.Core.Store.ScrubAsync(engine.Time.GetUtcNow(), Cancel);
        Assert.Empty(Found(engine, "zyzzyvaq"));
    }

    [Fact]
    public async Task A_deleted_session_leaves_a_receipt_and_nothing_else()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "My secret is zyzzyvaq");
        await engine.DrainAsync();
        var copy = await engine.Core.Sessions.CloneAsync(Tenant, "s", null, Cancel);
        await engine.DrainAsync();

        await engine.Core.Sessions.DeleteAsync(Tenant, "s", Cancel);
        await engine.DrainAsync();

        var receipt = Assert.Single((await engine.Core.Erasures.ListAsync(Tenant, new Paging(), Cancel)).Items);
        Assert.Equal((ErasureState.Completed, ErasureKind.Session, "s"), (receipt.State, receipt.Target.Kind, receipt.Target.Session));
        Assert.Equal((1L, 1L), (receipt.Counts["message"], receipt.Counts["conclusion"]));
        Assert.Equal([copy.Name], receipt.Copies);
        Assert.Empty((await engine.Core.Erasures.ProveAsync(Tenant, receipt.Id, Cancel)).Remaining);

        await engine.SayAsync("s", "alice", "The same name again");
        await engine.DrainAsync();
        var proof = await engine.Core.Erasures.ProveAsync(Tenant, receipt.Id, Cancel);
        Assert.True(proof.InUseAgain);
        Assert.Equal(1, (await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(), null, Cancel)).Total);
    }

    [Fact]
    public async Task A_workspace_s_receipt_outlives_it()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "My secret is zyzzyvaq");
        await engine.DrainAsync();

        var erasure = await EraseAsync(engine, new ErasureTarget(ErasureKind.Workspace));

        Assert.Equal(ErasureState.Completed, erasure.State);
        Assert.Null(await engine.Core.Workspaces.FindAsync(Tenant, Cancel));
        Assert.Empty(Found(engine, "zyzzyvaq"));
        Assert.Empty((await engine.Core.Erasures.ProveAsync(Tenant, erasure.Id, Cancel)).Remaining);
        Assert.Equal(1, erasure.Counts["message"]);
    }

    [Fact]
    public async Task An_erased_conclusion_takes_what_was_worked_out_from_it()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "alice", "I like zyzzyvaq");
        await engine.DrainAsync();
        var conclusion = Assert.Single(await AllAsync(engine));

        await engine.Core.Conclusions.DeleteAsync(Tenant, conclusion.Id, Cancel);
        Assert.Empty(await AllAsync(engine));
        await EndAsync(engine, Partition.Work(Tenant, "$erasures"));

        var receipt = Assert.Single((await engine.Core.Erasures.ListAsync(Tenant, new Paging(), Cancel)).Items);
        Assert.Equal((ErasureState.Completed, conclusion.Id), (receipt.State, receipt.Target.Conclusion));
        Assert.Empty(await AllAsync(engine));
        await Assert.ThrowsAsync<KithException>(() => engine.Core.Conclusions.DeleteAsync(Tenant, conclusion.Id, Cancel));
        await engine.DrainAsync();
        Assert.Empty(await AllAsync(engine));
    }

    [Fact]
    public async Task A_death_after_any_write_changes_neither_what_is_erased_nor_the_receipt()
    {
        Erasure clean;
        await using (var engine = await TalkAsync())
            clean = await EraseAsync(engine, new ErasureTarget(ErasureKind.Peer, Peer: "alice"));
        for (var writes = 1; writes < 40; writes++)
        {
            await using var engine = await TalkAsync();
            await engine.RestartAsync(writes: writes);
            try
            {
                await EraseAsync(engine, new ErasureTarget(ErasureKind.Peer, Peer: "alice"));
            }
            catch (MortalStore.DeadException)
            {
                // As planned.
            }

            await engine.RestartAsync();
            var erasure = await EraseAsync(engine, new ErasureTarget(ErasureKind.Peer, Peer: "alice"), again: false);
            Assert.Equal(ErasureState.Completed, erasure.State);
            Assert.Equal(clean.Counts, erasure.Counts);
            Assert.Empty(Found(engine, "zyzzyvaq"));
            Assert.Equal(4, (await engine.Core.Messages.ListAsync(Tenant, "s", new Paging(), null, Cancel)).Total);
        }
    }

    [Fact]
    public async Task Asking_again_runs_again_and_finds_nothing()
    {
        await using var engine = await TalkAsync();
        await engine.Core.Webhooks.RegisterAsync(Tenant, "https://example.org/hook", ["erase.completed"], Cancel);
        var first = await EraseAsync(engine, new ErasureTarget(ErasureKind.Peer, Peer: "alice"));
        engine.Time.Advance(TimeSpan.FromHours(1));
        var second = await EraseAsync(engine, new ErasureTarget(ErasureKind.Peer, Peer: "alice"));

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(first.Counts, second.Counts);
        Assert.True(second.FinishedAt > first.FinishedAt);
        var told = await engine.Core.Store.AllAsync(Partition.WholeWorkspace(Container.Work, Tenant), new Query("delivery"), Cancel).Select(document => Encoding.UTF8.GetString(document.Body.Span)).ToListAsync(Cancel);
        Assert.Equal(2, told.Count);
        Assert.All(told, body => Assert.Contains($"\"erasure_id\":\"{first.Id}\",\"kind\":\"peer\"", body, StringComparison.Ordinal));
        Assert.All(told, body => Assert.DoesNotContain("alice", body, StringComparison.Ordinal));
        var unknown = await Assert.ThrowsAsync<KithException>(() => engine.Core.Erasures.StartAsync(Tenant, new ErasureTarget(ErasureKind.Peer, Peer: "nobody"), Cancel));
        Assert.Equal(ErrorCode.NotFound, unknown.Code);
    }

    private const string Long = "I have a small brown dog named Rex who loves long walks in the park by the river every single morning before breakfast with my sister and her two children";

    private static async Task<TestEngine> TalkAsync()
    {
        var engine = new TestEngine();
        await engine.JoinAsync("s", "bob", new(ObserveOthers: true));
        for (var i = 0; i < 4; i++)
        {
            await engine.SayAsync("s", "alice", $"My secret is zyzzyvaq{i}");
            await engine.SayAsync("s", "bob", $"Well {i}");
        }

        await engine.SayAsync("t", "alice", "Another zyzzyvaq");
        await engine.DrainAsync();
        return engine;
    }

    /// <param name="again">Asks for it; otherwise only goes on with what was asked for.</param>
    private static async Task<Erasure> EraseAsync(TestEngine engine, ErasureTarget target, bool again = true)
    {
        var erasure = again || await engine.Core.Erasures.FindAsync(Tenant, target.Id, Cancel) is null
            ? await engine.Core.Erasures.StartAsync(Tenant, target, Cancel)
            : await engine.Core.Erasures.GetAsync(Tenant, target.Id, Cancel);
        await EndAsync(engine, erasure.Partition);
        return await engine.Core.Erasures.GetAsync(Tenant, erasure.Id, Cancel);
    }

    /// <summary>Runs what is due in one place, and what it waits for the time of.</summary>
    private static async Task EndAsync(TestEngine engine, Partition partition)
    {
        await engine.WorkAsync(partition);
        engine.Time.Advance(TimeSpan.FromMinutes(3));
        await engine.WorkAsync(partition);
    }

    private static Partition Session(string name) => Partition.Conversation(Tenant, name);

    private static async Task<IReadOnlyList<Conclusion>> AllAsync(TestEngine engine) =>
        (await engine.Core.Conclusions.ListAsync(Tenant, new Paging(), null, Cancel)).Items;

    /// <summary>Everything stored that is of bob alone, byte by byte.</summary>
    private static async Task<string> OthersAsync(TestEngine engine)
    {
        var text = new StringBuilder();
        foreach (var document in await engine.Core.Store.AllAsync(Partition.WholeWorkspace(Container.Conversations, Tenant), new Query("message") { Order = QueryOrder.Sequence }, Cancel).ToListAsync(Cancel))
        {
            if (document.As(DocumentJson.Default.Message).PeerId == "bob")
                text.Append(document.Partition.Second).Append(document.Id).AppendLine(Encoding.UTF8.GetString(document.Body.Span));
        }

        foreach (var document in await engine.Core.Store.AllAsync(Partition.Memory(Tenant, "bob", "bob"), new Query("conclusion"), Cancel).ToListAsync(Cancel))
            text.Append(document.Id).AppendLine(Encoding.UTF8.GetString(document.Body.Span));
        foreach (var key in (await engine.Index.ListAsync(Tenant, RecallKind.Conclusion, null, null, 1000, Cancel)).Where(key => key is { Observer: "bob", Observed: "bob" }))
            text.AppendLine(key.ToString());
        return text.ToString();
    }

    /// <summary>The files of the data folder in which a text is found.</summary>
    private static string[] Found(TestEngine engine, string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        return [.. System.IO.Directory.EnumerateFiles(engine.Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)).Where(Holds).Select(Path.GetFileName)!];

        bool Holds(string file)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            return copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(sought) >= 0;
        }
    }
}
