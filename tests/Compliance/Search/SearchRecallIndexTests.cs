using Kith.Azure.Recall;
using Kith.Core;
using Kith.Core.Recall;
using Kith.Local.Recall;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests.Search;

/// <summary>The adapter and the real SDK against the double.</summary>
public sealed class SearchRecallIndexTests : RecallIndexCompliance
{
    private readonly SearchServer _server = new(TimeProvider.System);

    protected override async Task<IRecallIndex> OpenAsync()
    {
        var index = Open(new SearchOptions());
        await index.EnsureCreatedAsync(Cancelled);
        return index;
    }

    /// <summary>Whatever the test was about: none of its requests may have looked beyond a workspace.</summary>
    protected override Task CloseAsync()
    {
        Assert.All(_server.Calls.Where(call => call.Operation == "search"), call => Assert.StartsWith($"workspace eq '{Workspace}", call.Filter, StringComparison.Ordinal));
        return Task.CompletedTask;
    }

    private SearchRecallIndex Open(SearchOptions options, IEmbedder? embedder = null) => new(
        options with { Endpoint = SearchServer.Address, Key = SearchServer.ApiKey, RetryDelay = TimeSpan.FromMilliseconds(1) },
        embedder ?? Embedder,
        TimeProvider.System,
        _server.Transport());

    [Fact]
    public async Task Search_asks_by_text_and_by_vector_once_each()
    {
        await Index.UpsertAsync([await Message("m1", "lantern")], Cancelled);
        _server.Forget();
        _ = await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("lantern") });
        Assert.Equal(["search", "search"], _server.Calls.Select(call => call.Operation));
        Assert.Single(_server.Calls, call => call.Body.TryGetProperty("search", out _));
        Assert.Single(_server.Calls, call => call.Body.TryGetProperty("vectorQueries", out _));
    }

    [Fact]
    public async Task Search_by_distance_asks_once()
    {
        _server.Forget();
        _ = await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Vector = await VectorOf("lantern"), MaxDistance = 0.5 });
        Assert.Single(_server.Calls);
    }

    [Fact]
    public async Task Search_every_request_names_the_workspace_whatever_the_scope()
    {
        var scope = Conclusions with
        {
            Peer = "x' or workspace ne 'y",
            Observer = "a'b",
            Observed = "c",
            Sessions = new HashSet<string> { "s1", "s'2" },
            Levels = new HashSet<string> { "explicit" },
            From = DateTimeOffset.UnixEpoch,
            To = DateTimeOffset.UtcNow,
        };
        _server.Forget();
        Assert.Empty(await SearchAsync(new RecallQuery(scope) { Text = "lantern", Vector = await VectorOf("lantern") }));
        await Index.DeleteSessionAsync(Workspace, "s' or true", Cancelled);
        await Index.DeleteWorkspaceAsync(Workspace, Cancelled);
        Assert.Equal(4, _server.Calls.Count);
        Assert.All(_server.Calls, call => Assert.StartsWith($"workspace eq '{Workspace}'", call.Filter, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Search_a_workspace_with_a_quote_in_its_name_is_escaped()
    {
        var quoted = Workspace + "' or workspace ne '";
        await Index.UpsertAsync([await Message("m1", "lantern"), await Message("m2", "lantern") with { Workspace = quoted }], Cancelled);
        Assert.Equal(["m2"], await IdsAsync(Messages with { Workspace = quoted }, "lantern"));
    }

    [Fact]
    public async Task Search_a_page_that_the_service_cuts_short_is_read_to_its_end()
    {
        await Index.UpsertAsync(await Task.WhenAll(Enumerable.Range(1, 250).Select(i => Message($"m{i}", "lantern", sequence: i))), Cancelled);
        _server.PageSize = 100;
        Assert.Equal(250, (await SearchAsync(new RecallQuery(Messages) { Text = "lantern", Limit = 1000 })).Count);
    }

    [Fact]
    public async Task Search_with_another_model_finds_entries_by_text_only()
    {
        await Index.UpsertAsync([await Message("m1", "lantern")], Cancelled);
        var renamed = new Renamed(Embedder);
        var other = Open(new SearchOptions(), renamed);
        var hit = Assert.Single(await other.SearchAsync(new RecallQuery(Messages) { Text = "lantern", Model = renamed.Model, Vector = await VectorOf("lantern") }, Cancelled));
        Assert.Null(hit.VectorRank);
    }

    [Fact]
    public async Task Search_by_the_name_of_an_author_prefers_what_they_said()
    {
        await Index.UpsertAsync(
            [await Message("m1", "the lantern fell", session: "a", peer: "carol_jones"), await Message("m2", "the lantern fell", session: "b", peer: "dave"), await Message("m3", "nothing", session: "c", peer: "carol_jones")],
            Cancelled);
        var hits = await SearchAsync(new RecallQuery(Messages) { Text = "which lantern did Carol mean" });
        Assert.Equal(["m1", "m2"], hits.Select(hit => hit.Id));
    }

    [Fact]
    public async Task Search_a_date_in_the_question_prefers_what_was_said_then()
    {
        await Index.UpsertAsync(
            [
                await Message("new", "the lantern fell", session: "a") with { CreatedAt = new DateTimeOffset(2026, 9, 1, 0, 0, 0, TimeSpan.Zero) },
                await Message("old", "the lantern fell", session: "b") with { CreatedAt = new DateTimeOffset(2025, 5, 1, 0, 0, 0, TimeSpan.Zero) },
            ],
            Cancelled);
        Assert.Equal("old", (await SearchAsync(new RecallQuery(Messages) { Text = "lantern in May 2025" }))[0].Id);
    }

    [Fact]
    public async Task Search_a_rare_word_weighs_more_in_the_index_and_in_the_tail()
    {
        await Index.UpsertAsync(await Task.WhenAll(Enumerable.Range(1, 300).Select(i => Message($"m{i}", "blue", session: $"s{i}"))), Cancelled);
        await Index.UpsertAsync([await Message("rare", "lantern", session: "x")], Cancelled);
        var hits = await SearchAsync(new RecallQuery(Messages) { Text = "blue lantern", Tail = [await Message("tail", "lantern", session: "y"), await Message("plain", "blue", session: "z")] });
        Assert.Equal(["rare", "tail"], hits.Take(2).Select(hit => hit.Id).Order());
    }

    [Fact]
    public async Task Search_ranks_as_the_local_index_does()
    {
        var folder = Directory.CreateTempSubdirectory("kith-same-").FullName;
        await using (var store = new SqliteDocumentStore(folder, TimeProvider.System))
        {
            var local = new LocalRecallIndex(store, Embedder);
            var random = new Random(3);
            string[] words = [.. Enumerable.Range(0, 400).Select(i => $"{(char)('a' + (i % 26))}{(char)('a' + (i / 26))}word")];
            string Sentence(int length) => string.Join(' ', Enumerable.Range(0, length).Select(_ => words[(int)(words.Length * Math.Pow(random.NextDouble(), 2))]));
            var entries = await Task.WhenAll(Enumerable.Range(1, 1500).Select(i => Message($"m{i}", Sentence(random.Next(4, 20)), $"s{i % 30}", i / 30, $"peer{i % 5}", i)));
            await Index.UpsertAsync(entries, Cancelled);
            await local.UpsertAsync(entries, Cancelled);

            var same = 0;
            const int Queries = 60;
            for (var i = 0; i < Queries; i++)
            {
                var text = Sentence(4);
                var query = new RecallQuery(Messages) { Text = text, Model = Embedder.Model, Vector = await VectorOf(text) };
                var expected = (await local.SearchAsync(query, Cancelled)).Select(hit => hit.Id);
                same += (await SearchAsync(query)).Select(hit => hit.Id).Intersect(expected).Count();
            }

            TestContext.Current.TestOutputHelper?.WriteLine($"{same} of {Queries * 10}");
            Assert.InRange(same / (Queries * 10.0), 0.8, 1);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Search_with_the_semantic_ranker_its_verdicts_order_what_it_read()
    {
        var index = Open(new SearchOptions { Semantic = true });
        await index.UpsertAsync([await Message("m1", "lantern", session: "a"), await Message("m2", "a lantern and many other things of the house", session: "b")], Cancelled);
        _server.Reranker = (question, text) => question.Contains("lanterns", StringComparison.Ordinal) ? text.Length : -1;
        var hits = await index.SearchAsync(new RecallQuery(Messages) { Text = "Lanterns?", Tail = [await Message("m3", "lantern", session: "c")] }, Cancelled);
        Assert.Equal("m2", hits.Where(hit => hit.Id != "m3").First().Id);
        Assert.Equal(3, hits.Count);
    }

    [Fact]
    public async Task Upsert_more_than_a_batch_takes_is_sent_in_several()
    {
        await Index.UpsertAsync(await Task.WhenAll(Enumerable.Range(1, 1200).Select(i => Message($"m{i}", "lantern", sequence: i))), Cancelled);
        Assert.Equal([1000, 200], _server.Calls.Where(call => call.Operation == "index").Select(call => call.Actions));
        Assert.Equal(1200, _server.Found);
    }

    [Fact]
    public async Task Upsert_texts_of_the_largest_size_stay_below_what_a_request_may_have()
    {
        var text = string.Concat(Enumerable.Repeat("灯", 25_000));
        await Index.UpsertAsync(await Task.WhenAll(Enumerable.Range(1, 120).Select(i => Message($"m{i}", text, sequence: i))), Cancelled);
        Assert.Equal(120, _server.Found);
    }

    [Fact]
    public async Task Delete_session_takes_a_search_and_a_batch_per_thousand_and_a_last_search()
    {
        await Index.UpsertAsync(await Task.WhenAll(Enumerable.Range(1, 1500).Select(i => Message($"m{i}", "lantern", sequence: i))), Cancelled);
        _server.Forget();
        await Index.DeleteSessionAsync(Workspace, "s1", Cancelled);
        Assert.Equal(["search", "index", "search", "index", "search"], _server.Calls.Select(call => call.Operation));
        Assert.Equal(0, _server.Found);
    }

    [Fact]
    public async Task Ensure_created_twice_changes_nothing()
    {
        await Open(new SearchOptions()).EnsureCreatedAsync(Cancelled);
        Assert.Equal(2, _server.Calls.Count(call => call.Operation == "definition"));
    }

    [Fact]
    public async Task Ensure_created_where_the_index_looks_different_is_refused()
    {
        var other = Open(new SearchOptions(), new HashedEmbedder(32));
        Assert.Equal(ErrorCode.Invalid, (await Assert.ThrowsAsync<KithException>(() => other.EnsureCreatedAsync(Cancelled))).Code);
    }

    [Fact]
    public async Task Search_without_its_index_is_unavailable()
    {
        var other = Open(new SearchOptions { IndexName = "another" });
        var failure = await Assert.ThrowsAsync<KithException>(() => other.SearchAsync(new RecallQuery(Messages) { Text = "lantern" }, Cancelled));
        Assert.Equal(ErrorCode.Unavailable, failure.Code);
    }

    private sealed class Renamed(IEmbedder embedder) : IEmbedder
    {
        public string Model => "another";

        public int Dimensions => embedder.Dimensions;

        public Task<IReadOnlyList<ReadOnlyMemory<float>>> EmbedAsync(string workspace, IReadOnlyList<string> texts, CancellationToken cancellationToken) =>
            embedder.EmbedAsync(workspace, texts, cancellationToken);
    }
}
