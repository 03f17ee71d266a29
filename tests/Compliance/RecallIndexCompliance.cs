using Kith.Core.Recall;

namespace Kith.Compliance.Tests;

/// <summary>What every recall index promises. Each test works in a workspace of its own, so that a shared index will do.</summary>
public abstract class RecallIndexCompliance : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    protected IEmbedder Embedder { get; } = new HashedEmbedder(64);

    protected IRecallIndex Index { get; private set; } = null!;

    protected string Workspace { get; } = "w" + Guid.NewGuid().ToString("N");

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Opens the index over what earlier calls of the same test left.</summary>
    protected abstract Task<IRecallIndex> OpenAsync();

    protected abstract Task CloseAsync();

    public async ValueTask InitializeAsync() => Index = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<float[]> VectorOf(string text) => (await Embedder.EmbedAsync("workspace", [text], Cancelled))[0].ToArray();

    protected async Task<RecallEntry> Message(string id, string text, string session = "s1", long sequence = 1, string peer = "alice", int minute = 0) => new()
    {
        Workspace = Workspace,
        Kind = RecallKind.Message,
        Id = id,
        Text = text,
        Session = session,
        Sequence = sequence,
        Peer = peer,
        CreatedAt = Start.AddMinutes(minute),
        Model = Embedder.Model,
        Vector = await VectorOf(text),
    };

    protected async Task<RecallEntry> Conclusion(string id, string text, string observer = "alice", string observed = "bob", string level = "explicit", string? session = null) => new()
    {
        Workspace = Workspace,
        Kind = RecallKind.Conclusion,
        Id = id,
        Text = text,
        Session = session,
        Observer = observer,
        Observed = observed,
        Level = level,
        CreatedAt = Start,
        Model = Embedder.Model,
        Vector = await VectorOf(text),
    };

    protected RecallScope Messages => new() { Workspace = Workspace, Kind = RecallKind.Message };

    protected RecallScope Conclusions => new() { Workspace = Workspace, Kind = RecallKind.Conclusion };

    /// <summary>With the vectors of <see cref="Embedder"/>, where the query does not name another model.</summary>
    protected Task<IReadOnlyList<RecallHit>> SearchAsync(RecallQuery query) => Index.SearchAsync(query with { Model = query.Model ?? Embedder.Model }, Cancelled);

    protected async Task<string[]> IdsAsync(RecallScope scope, string text) =>
        [.. (await SearchAsync(new RecallQuery(scope) { Text = text, Vector = await VectorOf(text), Limit = 100 })).Select(hit => hit.Id).Order(StringComparer.Ordinal)];

    private async Task PutAsync(params RecallEntry[] entries) => await Index.UpsertAsync(entries, Cancelled);

    [Fact]
    public async Task Search_an_empty_workspace_finds_nothing() => Assert.Empty(await IdsAsync(Messages, "lantern"));

    [Fact]
    public async Task Search_an_entry_is_found_as_soon_as_its_upsert_returned()
    {
        await PutAsync(await Message("m1", "The lantern hangs in the harbour"));
        var hit = Assert.Single(await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("lantern") }));
        Assert.Equal(("m1", "s1", 1L), (hit.Id, hit.Session, hit.Sequence));
        Assert.True(hit.Score > 0);
        Assert.Equal(1, hit.TextRank);
        Assert.Equal(1, hit.VectorRank);
        Assert.InRange(hit.Distance!.Value, 0, 1);
    }

    [Fact]
    public async Task Search_by_text_the_better_match_comes_first()
    {
        await PutAsync(
            await Message("m1", "We bought bread, butter and a lantern for the long winter", session: "a"),
            await Message("m2", "The lantern in the harbour", session: "b"),
            await Message("m3", "Nothing of the kind", session: "c"));
        var hits = await SearchAsync(new RecallQuery(Messages) { Text = "harbour lantern" });
        Assert.Equal(["m2", "m1"], hits.Select(hit => hit.Id).Take(2));
        Assert.Equal([.. hits.OrderByDescending(hit => hit.Score)], hits);
    }

    [Fact]
    public async Task Search_finds_other_forms_of_a_word()
    {
        await PutAsync(await Message("m1", "She painted two ladies"));
        Assert.Equal(["m1"], (await SearchAsync(new RecallQuery(Messages) { Text = "painting lady" })).Select(hit => hit.Id));
    }

    [Fact]
    public async Task Search_is_confined_to_its_workspace()
    {
        var other = Workspace + "x";
        await PutAsync(await Message("m1", "lantern"), await Message("m2", "lantern") with { Workspace = other });
        Assert.Equal(["m1"], await IdsAsync(Messages, "lantern"));
        Assert.Equal(["m2"], await IdsAsync(Messages with { Workspace = other }, "lantern"));
    }

    [Fact]
    public async Task Search_is_confined_to_its_kind()
    {
        await PutAsync(await Message("same", "lantern"), await Conclusion("same", "lantern"), await Conclusion("c", "lantern"));
        Assert.Equal(["same"], await IdsAsync(Messages, "lantern"));
        Assert.Equal(["c", "same"], await IdsAsync(Conclusions, "lantern"));
    }

    [Fact]
    public async Task Search_with_a_peer_sees_messages_of_that_author_only()
    {
        await PutAsync(await Message("m1", "lantern"), await Message("m2", "lantern", peer: "bob", sequence: 2));
        Assert.Equal(["m2"], await IdsAsync(Messages with { Peer = "bob" }, "lantern"));
        Assert.Empty(await IdsAsync(Messages with { Peer = "nobody" }, "lantern"));
    }

    [Fact]
    public async Task Search_with_an_observer_or_an_observed_sees_their_conclusions_only()
    {
        await PutAsync(
            await Conclusion("ab", "lantern"),
            await Conclusion("ac", "lantern", observed: "carol"),
            await Conclusion("bc", "lantern", observer: "bob", observed: "carol"));
        Assert.Equal(["ab", "ac"], await IdsAsync(Conclusions with { Observer = "alice" }, "lantern"));
        Assert.Equal(["ac", "bc"], await IdsAsync(Conclusions with { Observed = "carol" }, "lantern"));
        Assert.Equal(["ac"], await IdsAsync(Conclusions with { Observer = "alice", Observed = "carol" }, "lantern"));
    }

    [Fact]
    public async Task Search_with_sessions_sees_those_only()
    {
        await PutAsync(
            await Message("m1", "lantern"),
            await Message("m2", "lantern", session: "s2"),
            await Message("m3", "lantern", session: "s3"));
        Assert.Equal(["m1", "m3"], await IdsAsync(Messages with { Sessions = new HashSet<string> { "s1", "s3", "none" } }, "lantern"));
    }

    [Fact]
    public async Task Search_with_an_empty_list_of_sessions_sees_nothing()
    {
        await PutAsync(await Message("m1", "lantern"), await Conclusion("c1", "lantern"));
        var none = new HashSet<string>();
        Assert.Empty(await IdsAsync(Messages with { Sessions = none }, "lantern"));
        Assert.Empty(await IdsAsync(Conclusions with { Sessions = none }, "lantern"));
    }

    [Fact]
    public async Task Search_with_sessions_does_not_see_conclusions_without_one()
    {
        await PutAsync(await Conclusion("c1", "lantern"), await Conclusion("c2", "lantern", session: "s1"));
        Assert.Equal(["c2"], await IdsAsync(Conclusions with { Sessions = new HashSet<string> { "s1" } }, "lantern"));
    }

    [Fact]
    public async Task Search_with_levels_sees_those_only()
    {
        await PutAsync(await Conclusion("c1", "lantern"), await Conclusion("c2", "lantern", level: "deductive"));
        Assert.Equal(["c2"], await IdsAsync(Conclusions with { Levels = new HashSet<string> { "deductive", "inductive" } }, "lantern"));
        Assert.Empty(await IdsAsync(Conclusions with { Levels = new HashSet<string>() }, "lantern"));
    }

    [Fact]
    public async Task Search_with_a_time_range_includes_its_start_and_not_its_end()
    {
        for (var minute = 0; minute < 4; minute++)
            await PutAsync(await Message($"m{minute}", "lantern", sequence: minute + 1, minute: minute));
        Assert.Equal(["m1", "m2"], await IdsAsync(Messages with { From = Start.AddMinutes(1), To = Start.AddMinutes(3) }, "lantern"));
    }

    [Fact]
    public async Task Search_neighbours_out_of_scope_are_never_returned()
    {
        for (var i = 1; i <= 6; i++)
            await PutAsync(await Message($"m{i}", i == 3 ? "the lantern fell" : "yes", sequence: i, peer: i % 2 == 0 ? "bob" : "alice"));
        Assert.DoesNotContain(
            await SearchAsync(new RecallQuery(Messages with { Peer = "alice" }) { Text = "lantern", Limit = 100 }), hit => hit.Sequence % 2 == 0);
    }

    [Fact]
    public async Task Upsert_the_same_id_replaces_the_entry()
    {
        await PutAsync(await Message("m1", "a lantern"));
        await PutAsync(await Message("m1", "a compass", session: "s2"));
        Assert.DoesNotContain(await SearchAsync(new RecallQuery(Messages) { Text = "lantern" }), hit => hit.Id == "m1");
        Assert.Equal("s2", Assert.Single(await SearchAsync(new RecallQuery(Messages) { Text = "compass" })).Session);
        Assert.Empty(await IdsAsync(Messages with { Sessions = new HashSet<string> { "s1" } }, "compass"));
    }

    [Fact]
    public async Task Upsert_the_same_id_twice_in_one_call_keeps_the_last()
    {
        await PutAsync(await Message("m1", "a lantern"), await Message("m1", "a compass"));
        Assert.Equal("m1", Assert.Single(await SearchAsync(new RecallQuery(Messages) { Text = "compass" })).Id);
        Assert.Empty(await SearchAsync(new RecallQuery(Messages) { Text = "lantern" }));
    }

    [Fact]
    public async Task Upsert_the_same_entry_many_times_is_found_once()
    {
        for (var i = 0; i < 20; i++)
            await PutAsync(await Message("m1", "a lantern"));
        Assert.Equal(["m1"], await IdsAsync(Messages, "lantern"));
    }

    [Fact]
    public async Task Delete_removes_entries_of_that_kind_and_ignores_unknown_ids()
    {
        await PutAsync(await Message("m1", "lantern"), await Message("m2", "lantern", sequence: 2), await Conclusion("m1", "lantern"));
        await Index.DeleteAsync(Workspace, RecallKind.Message, ["m1", "unknown"], Cancelled);
        Assert.Equal(["m2"], await IdsAsync(Messages, "lantern"));
        Assert.Equal(["m1"], await IdsAsync(Conclusions, "lantern"));
    }

    [Fact]
    public async Task Delete_session_removes_its_messages_and_the_conclusions_stamped_with_it()
    {
        await PutAsync(
            await Message("m1", "lantern"), await Message("m2", "lantern", session: "s2"),
            await Conclusion("c1", "lantern", session: "s1"), await Conclusion("c2", "lantern"));
        await Index.DeleteSessionAsync(Workspace, "s1", Cancelled);
        Assert.Equal(["m2"], await IdsAsync(Messages, "lantern"));
        Assert.Equal(["c2"], await IdsAsync(Conclusions, "lantern"));
    }

    [Fact]
    public async Task Delete_workspace_removes_everything_in_it_and_nothing_else()
    {
        var other = Workspace + "x";
        await PutAsync(await Message("m1", "lantern"), await Conclusion("c1", "lantern"), await Message("m2", "lantern") with { Workspace = other });
        await Index.DeleteWorkspaceAsync(Workspace, Cancelled);
        Assert.Empty(await IdsAsync(Messages, "lantern"));
        Assert.Empty(await IdsAsync(Conclusions, "lantern"));
        Assert.Equal(["m2"], await IdsAsync(Messages with { Workspace = other }, "lantern"));
    }

    [Fact]
    public async Task Search_entries_added_after_a_delete_are_found()
    {
        await PutAsync(await Message("m1", "lantern"));
        await Index.DeleteSessionAsync(Workspace, "s1", Cancelled);
        await PutAsync(await Message("m2", "lantern"));
        Assert.Equal(["m2"], await IdsAsync(Messages, "lantern"));
    }

    [Fact]
    public async Task Search_the_tail_is_ranked_together_with_the_index()
    {
        await PutAsync(await Message("m1", "a lantern stood at the end of the very long and empty road", session: "a"));
        var hits = await SearchAsync(new RecallQuery(Messages)
        {
            Text = "blue lantern",
            Vector = await VectorOf("blue lantern"),
            Tail = [await Message("m2", "the blue lantern", session: "b")],
        });
        Assert.Equal(["m2", "m1"], hits.Select(hit => hit.Id));
    }

    [Fact]
    public async Task Search_a_tail_entry_without_a_vector_that_matches_best_comes_first()
    {
        await PutAsync(
            await Message("m1", "hello, world"),
            await Message("m2", "a walrus is heavy", sequence: 2),
            await Message("m3", "clams are not for me", sequence: 3));
        var hits = await SearchAsync(new RecallQuery(Messages)
        {
            Text = "ferry",
            Vector = await VectorOf("ferry"),
            Tail = [await Message("m4", "the ferry leaves at noon", sequence: 4) with { Vector = default }],
        });
        Assert.Equal("m4", hits[0].Id);
        Assert.Null(hits[0].VectorRank);
    }

    [Fact]
    public async Task Search_tail_entries_that_the_index_holds_or_the_scope_excludes_are_ignored()
    {
        var held = await Message("m1", "lantern");
        await PutAsync(held);
        var hits = await SearchAsync(new RecallQuery(Messages with { Sessions = new HashSet<string> { "s1" } })
        {
            Text = "lantern",
            Tail = [held, await Message("m2", "lantern", session: "s2"), await Conclusion("c1", "lantern", session: "s1"), await Message("m3", "lantern", sequence: 9)],
        });
        Assert.Equal(["m1", "m3"], hits.Select(hit => hit.Id).Order());
    }

    [Fact]
    public async Task Search_the_tail_is_searched_by_vector_too()
    {
        var tail = await Message("m1", "a lantern in the harbour");
        var hit = Assert.Single(await SearchAsync(new RecallQuery(Messages) { Vector = tail.Vector, MaxDistance = 0.1, Tail = [tail] }));
        Assert.InRange(hit.Distance!.Value, 0, 0.001);
    }

    [Fact]
    public async Task Search_with_a_max_distance_ranks_by_vector_alone_and_returns_nothing_beyond_it()
    {
        await PutAsync(
            await Message("near", "a lantern in the old harbour"),
            await Message("far", "quarterly budget spreadsheet", sequence: 2),
            await Message("plain", "lantern", sequence: 3) with { Vector = default });
        var hits = await SearchAsync(new RecallQuery(Messages) { Text = "lantern budget", Vector = await VectorOf("a lantern in the old harbour"), MaxDistance = 0.3 });
        var hit = Assert.Single(hits);
        Assert.Equal("near", hit.Id);
        Assert.Null(hit.TextRank);
        Assert.InRange(hit.Distance!.Value, 0, 0.001);
        Assert.Equal(1 - hit.Distance.Value, hit.Score, 6);
    }

    [Fact]
    public async Task Search_vector_only_ignores_the_text()
    {
        await PutAsync(await Message("m1", "a lantern in the harbour"), await Message("m2", "quarterly budget spreadsheet", sequence: 2));
        var hits = await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("quarterly budget"), VectorOnly = true });
        Assert.Equal("m2", hits[0].Id);
        Assert.All(hits, hit => Assert.Null(hit.TextRank));
    }

    [Fact]
    public async Task Search_without_a_vector_ranks_by_text_alone()
    {
        await PutAsync(await Message("m1", "a lantern in the harbour"));
        var hit = Assert.Single(await SearchAsync(new RecallQuery(Messages) { Text = "lantern" }));
        Assert.Equal((1, null, null), (hit.TextRank, hit.VectorRank, hit.Distance));
    }

    [Fact]
    public async Task Search_without_a_vector_where_only_vectors_are_asked_finds_nothing()
    {
        await PutAsync(await Message("m1", "lantern"));
        Assert.Empty(await SearchAsync(new RecallQuery(Messages) { Text = "lantern", VectorOnly = true }));
        Assert.Empty(await SearchAsync(new RecallQuery(Messages) { Text = "lantern", MaxDistance = 2 }));
        Assert.Empty(await SearchAsync(new RecallQuery(Messages)));
    }

    [Fact]
    public async Task Search_vectors_of_another_model_are_not_compared()
    {
        var foreign = await Message("m1", "lantern") with { Model = "another" };
        await PutAsync(foreign, await Message("m2", "lantern", sequence: 2));
        var query = new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("lantern"), Tail = [await Message("m3", "lantern", sequence: 3) with { Model = "another" }] };

        Assert.Equal(["m2"], (await SearchAsync(query with { VectorOnly = true })).Select(hit => hit.Id));
        var hits = await SearchAsync(query);
        Assert.Equal(["m1", "m2", "m3"], hits.Select(hit => hit.Id).Order());
        Assert.Equal(["m2"], hits.Where(hit => hit.Distance is not null).Select(hit => hit.Id));
        Assert.DoesNotContain(await SearchAsync(query with { Model = "another" }), hit => hit.Id == "m2" && hit.Distance is not null);
    }

    [Fact]
    public async Task Upsert_with_a_vector_of_another_length_and_model_takes_the_place_of_the_first()
    {
        await PutAsync(await Message("m1", "lantern") with { Model = "another", Vector = new float[] { 1, 0, 0 } });
        Assert.Empty(await SearchAsync(new RecallQuery(Messages) { Vector = await VectorOf("lantern"), VectorOnly = true }));
        await PutAsync(await Message("m1", "lantern"));
        Assert.Equal(["m1"], (await SearchAsync(new RecallQuery(Messages) { Vector = await VectorOf("lantern"), VectorOnly = true })).Select(hit => hit.Id));
    }

    [Fact]
    public async Task List_goes_through_the_entries_of_a_kind_in_the_order_of_ids()
    {
        await PutAsync(
            await Message("b", "lantern"), await Message("a", "lantern", sequence: 2), await Message("C", "lantern", session: "s2"),
            await Conclusion("c1", "lantern", session: "s1"));
        await Index.DeleteAsync(Workspace, RecallKind.Message, ["b"], Cancelled);
        await PutAsync(await Message("d", "lantern", sequence: 3));

        Assert.Equal(["C", "a", "d"], (await Index.ListAsync(Workspace, RecallKind.Message, null, null, 10, Cancelled)).Select(key => key.Id));
        Assert.Equal([new RecallKey("a", "s1", null, null)], await Index.ListAsync(Workspace, RecallKind.Message, null, "C", 1, Cancelled));
        Assert.Equal(["a", "d"], (await Index.ListAsync(Workspace, RecallKind.Message, "s1", null, 10, Cancelled)).Select(key => key.Id));
        Assert.Equal([new RecallKey("c1", "s1", "alice", "bob")], await Index.ListAsync(Workspace, RecallKind.Conclusion, null, null, 10, Cancelled));
        Assert.Empty(await Index.ListAsync(Workspace, RecallKind.Conclusion, "s2", null, 10, Cancelled));
    }

    [Fact]
    public async Task Search_entries_without_a_vector_are_found_by_text()
    {
        await PutAsync(await Message("m1", "lantern") with { Vector = default });
        var hit = Assert.Single(await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("lantern") }));
        Assert.Null(hit.VectorRank);
    }

    [Fact]
    public async Task Search_a_zero_vector_is_no_vector()
    {
        await PutAsync(await Message("m1", "lantern") with { Vector = new float[64] });
        Assert.Equal(["m1"], (await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Vector = new float[64] })).Select(hit => hit.Id));
        Assert.Empty(await SearchAsync(new RecallQuery(Messages) { Vector = await VectorOf("lantern"), VectorOnly = true }));
    }

    [Fact]
    public async Task Search_returns_at_most_the_limit()
    {
        await PutAsync([.. await Task.WhenAll(Enumerable.Range(1, 30).Select(i => Message($"m{i}", "lantern", sequence: i)))]);
        Assert.Equal(7, (await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Limit = 7 })).Count);
        Assert.Equal(7, (await SearchAsync(new RecallQuery(Messages) { Vector = await VectorOf("lantern"), Limit = 7 })).Count);
        Assert.Equal(30, (await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Limit = 1000 })).Count);
    }

    [Fact]
    public async Task Search_the_same_query_gives_the_same_answer()
    {
        await PutAsync([.. await Task.WhenAll(Enumerable.Range(1, 40).Select(i => Message($"m{i}", "lantern", session: $"s{i}")))]);
        var query = new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("lantern"), Limit = 20 };
        Assert.Equal(await SearchAsync(query), await SearchAsync(query));
    }

    [Theory]
    [InlineData("")]
    [InlineData("the of and")]
    [InlineData("\ud800 \0 \u0007 ')\"--* AND (")]
    [InlineData("\U0001F600")]
    public async Task Search_any_text_is_answered(string text)
    {
        await PutAsync(await Message("m1", "lantern"));
        Assert.InRange((await SearchAsync(new RecallQuery(Messages) { Text = text, Vector = await VectorOf(text) })).Count, 0, 1);
    }

    [Fact]
    public async Task Reopen_everything_that_was_acknowledged_is_found_and_nothing_that_was_deleted()
    {
        await PutAsync(
            await Message("m1", "a lantern in the harbour"), await Message("m2", "lantern", sequence: 2), await Message("m3", "lantern", session: "s2"),
            await Conclusion("c1", "bob owns a lantern", level: "deductive"));
        await Index.DeleteAsync(Workspace, RecallKind.Message, ["m2"], Cancelled);
        await Index.DeleteSessionAsync(Workspace, "s2", Cancelled);
        var query = new RecallQuery(Messages) { Text = "harbour lantern", Vector = await VectorOf("harbour lantern") };
        var before = Assert.Single(await SearchAsync(query));

        await CloseAsync();
        Index = await OpenAsync();

        var after = Assert.Single(await SearchAsync(query));
        Assert.Equal(before with { Score = 0, Distance = 0 }, after with { Score = 0, Distance = 0 });
        Assert.Equal(before.Distance!.Value, after.Distance!.Value, 3);
        Assert.Equal(["c1"], await IdsAsync(Conclusions with { Observer = "alice", Observed = "bob", Levels = new HashSet<string> { "deductive" } }, "lantern"));
    }

    [Fact]
    public async Task Search_filtered_by_vector_agrees_with_brute_force()
    {
        var random = new Random(7);
        var entries = await Task.WhenAll(Enumerable.Range(0, 3000).Select(async i =>
            await Message($"m{i}", "x", session: $"s{i % 20}", sequence: i, peer: $"p{i % 7}") with { Vector = Unit(random) }));
        await PutAsync(entries);
        var scope = Messages with { Sessions = new HashSet<string> { "s1", "s2", "s3", "s4", "s5" }, Peer = "p3" };
        var found = 0;
        const int Queries = 40;
        for (var i = 0; i < Queries; i++)
        {
            var query = Unit(random);
            var expected = entries.Where(scope.Admits).OrderByDescending(entry => Dot(entry.Vector.Span, query)).Take(10).Select(entry => entry.Id);
            var actual = await SearchAsync(new RecallQuery(scope) { Vector = query, VectorOnly = true });
            found += actual.Select(hit => hit.Id).Intersect(expected).Count();
        }

        Assert.InRange(found / (Queries * 10.0), 0.98, 1);
    }

    [Fact]
    public async Task Search_while_others_write_sees_whole_entries_and_never_loses_one()
    {
        await PutAsync(await Message("fixed", "the lantern"));
        _ = await IdsAsync(Messages, "lantern");
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 100; i++)
                await PutAsync(await Message("fixed", "the lantern"), await Message($"m{i}", "the lantern", session: $"s{i}"));
        }, Cancelled);
        while (!writing.IsCompleted)
        {
            var ids = await IdsAsync(Messages, "lantern");
            Assert.Contains("fixed", ids);
            Assert.Equal(ids.Distinct(), ids);
        }

        await writing;
        Assert.Equal(100, (await IdsAsync(Messages, "lantern")).Length);
    }

    private static float[] Unit(Random random)
    {
        var vector = new float[64];
        for (var i = 0; i < vector.Length; i++)
            vector[i] = (float)((random.NextDouble() + random.NextDouble() + random.NextDouble()) - 1.5);
        var norm = MathF.Sqrt(Dot(vector, vector));
        return [.. vector.Select(value => value / norm)];
    }

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var sum = 0f;
        for (var i = 0; i < left.Length; i++)
            sum += left[i] * right[i];
        return sum;
    }
}
