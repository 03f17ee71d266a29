using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core;
using Kith.Core.Filters;
using Kith.Core.Storage;

namespace Kith.Compliance.Tests;

/// <summary>What every document store promises. Each test works in workspaces of its own, so that a shared store will do.</summary>
public abstract class DocumentStoreCompliance : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    protected ManualTime Time { get; } = new();

    protected IDocumentStore Store { get; private set; } = null!;

    protected string Workspace { get; } = "w" + Guid.NewGuid().ToString("N");

    protected Partition Here => Partition.Conversation(Workspace, "s1");

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected abstract Task<IDocumentStore> OpenAsync();

    protected abstract Task CloseAsync();

    protected virtual Task<IDocumentStore> ReopenAsync() => OpenAsync();

    protected virtual void Pass(TimeSpan time) => Time.Advance(time);

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    protected static byte[] Body(string type = "thing", int? created = null, long? sequence = null, DateTimeOffset? due = null, string? extra = null)
    {
        var body = extra is null ? [] : (JsonObject)JsonNode.Parse(extra)!;
        body["type"] = type;
        if (created is { } seconds)
            body["createdAt"] = Timestamp.Of(Start.AddSeconds(seconds));
        if (sequence is not null)
            body["sequence"] = sequence;
        if (due is { } time)
            body["dueAt"] = Timestamp.Of(time);
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    protected static int Value(Document document)
    {
        using var body = JsonDocument.Parse(document.Body);
        return body.RootElement.GetProperty("value").GetInt32();
    }

    protected async Task<BatchResult> Execute(params Operation[] operations) => await Store.ExecuteAsync(Here, operations, Cancelled);

    protected async Task<string> Create(Partition partition, string id, byte[] body) =>
        (await Store.ExecuteAsync(partition, [new Operation.Create(id, body)], Cancelled)).ETags[0];

    protected async Task<string[]> Ids(Partition partition, Query query) =>
        [.. (await Store.QueryAsync(partition, query, Cancelled)).Items.Select(item => item.Id)];

    private async Task<List<string>> AllPages(Partition partition, Query query, Func<int, Task>? between = null)
    {
        var ids = new List<string>();
        for (var page = 0; ; page++)
        {
            var result = await Store.QueryAsync(partition, query, Cancelled);
            ids.AddRange(result.Items.Select(item => item.Partition.Second + "/" + item.Id));
            if (result.Continuation is null)
                return ids;
            Assert.Equal(query.Limit, result.Items.Count);
            query = query with { Continuation = result.Continuation };
            if (between is not null)
                await between(page);
        }
    }

    // Single documents

    [Fact]
    public async Task Read_returns_what_was_created_with_its_etag_and_bytes()
    {
        var body = Body(extra: """{"text":"Grüße 🦊 \u0000","nested":{"a":[1,2]}}""");
        var etag = await Create(Here, "a", body);
        var document = await Store.ReadAsync(Here, "a", Cancelled);
        Assert.NotNull(document);
        Assert.Equal((Here, "a", etag), (document.Partition, document.Id, document.ETag));
        Assert.True(JsonElement.DeepEquals(JsonDocument.Parse(body).RootElement, JsonDocument.Parse(document.Body).RootElement));
    }

    [Fact]
    public async Task Read_of_an_unknown_id_returns_null() => Assert.Null(await Store.ReadAsync(Here, "nobody", Cancelled));

    [Fact]
    public async Task Ids_differ_by_case_and_hold_any_text_but_the_reserved()
    {
        string[] ids = ["a", "A", "ä", "🦊", "a b", "$x", "x'; DROP TABLE documents; --", "a:b,c|d", new string('x', StoreLimits.IdBytes)];
        foreach (var id in ids)
            await Create(Here, id, Body(extra: JsonSerializer.Serialize(new { own = id })));
        foreach (var id in ids)
        {
            using var body = JsonDocument.Parse((await Store.ReadAsync(Here, id, Cancelled))!.Body);
            Assert.Equal(id, body.RootElement.GetProperty("own").GetString());
        }
    }

    [Fact]
    public async Task Create_of_an_existing_id_conflicts_and_changes_nothing()
    {
        var etag = await Create(Here, "a", Body(extra: """{"value":1}"""));
        var result = await Execute(new Operation.Create("a", Body(extra: """{"value":2}""")));
        Assert.Equal((BatchFailure.Conflict, 0, false), (result.Failure, result.FailedOperation, result.Applied));
        Assert.Empty(result.ETags);
        var document = await Store.ReadAsync(Here, "a", Cancelled);
        Assert.Equal((etag, 1), (document!.ETag, Value(document)));
    }

    [Fact]
    public async Task Upsert_creates_then_replaces_under_a_new_etag()
    {
        var first = await Execute(new Operation.Upsert("a", Body(extra: """{"value":1}""")));
        var second = await Execute(new Operation.Upsert("a", Body(extra: """{"value":1}""")));
        Assert.NotEqual(first.ETags[0], second.ETags[0]);
        Assert.Equal(second.ETags[0], (await Store.ReadAsync(Here, "a", Cancelled))!.ETag);
    }

    [Fact]
    public async Task Replace_with_the_current_etag_succeeds_once()
    {
        var etag = await Create(Here, "a", Body(extra: """{"value":1}"""));
        Assert.True((await Execute(new Operation.Replace("a", Body(extra: """{"value":2}"""), etag))).Applied);
        var again = await Execute(new Operation.Replace("a", Body(extra: """{"value":3}"""), etag));
        Assert.Equal(BatchFailure.PreconditionFailed, again.Failure);
        Assert.Equal(2, Value((await Store.ReadAsync(Here, "a", Cancelled))!));
    }

    [Fact]
    public async Task Replace_of_an_unknown_id_is_not_found() =>
        Assert.Equal(BatchFailure.NotFound, (await Execute(new Operation.Replace("a", Body(), "any"))).Failure);

    [Fact]
    public async Task Delete_removes_and_then_finds_nothing()
    {
        await Create(Here, "a", Body());
        var result = await Execute(new Operation.Delete("a"));
        Assert.Equal([""], result.ETags);
        Assert.Null(await Store.ReadAsync(Here, "a", Cancelled));
        Assert.Equal(BatchFailure.NotFound, (await Execute(new Operation.Delete("a"))).Failure);
    }

    [Fact]
    public async Task Delete_with_another_etag_is_refused()
    {
        await Create(Here, "a", Body());
        Assert.Equal(BatchFailure.PreconditionFailed, (await Execute(new Operation.Delete("a", "other"))).Failure);
        Assert.NotNull(await Store.ReadAsync(Here, "a", Cancelled));
    }

    [Fact]
    public async Task A_deleted_id_can_be_created_again_under_another_etag()
    {
        var first = await Create(Here, "a", Body());
        await Execute(new Operation.Delete("a", first));
        Assert.NotEqual(first, await Create(Here, "a", Body()));
    }

    // Batches

    [Fact]
    public async Task A_batch_applies_all_kinds_of_operations_and_returns_their_etags_in_order()
    {
        var a = await Create(Here, "a", Body());
        await Create(Here, "b", Body());
        var result = await Execute(
            new Operation.Replace("a", Body(), a), new Operation.Delete("b"), new Operation.Create("c", Body()), new Operation.Upsert("d", Body()));
        Assert.Equal((BatchFailure.None, -1, true), (result.Failure, result.FailedOperation, result.Applied));
        Assert.Equal((await Store.ReadAsync(Here, "a", Cancelled))!.ETag, result.ETags[0]);
        Assert.Equal("", result.ETags[1]);
        Assert.Equal((await Store.ReadAsync(Here, "c", Cancelled))!.ETag, result.ETags[2]);
        Assert.Equal((await Store.ReadAsync(Here, "d", Cancelled))!.ETag, result.ETags[3]);
    }

    [Theory]
    [InlineData(BatchFailure.Conflict)]
    [InlineData(BatchFailure.NotFound)]
    [InlineData(BatchFailure.PreconditionFailed)]
    public async Task A_failing_operation_rolls_the_whole_batch_back_and_is_named(BatchFailure failure)
    {
        var etag = await Create(Here, "there", Body(extra: """{"value":1}"""));
        await Create(Here, "gone", Body(extra: """{"value":1}"""));
        Operation failing = failure switch
        {
            BatchFailure.Conflict => new Operation.Create("there", Body()),
            BatchFailure.NotFound => new Operation.Replace("nobody", Body(), etag),
            _ => new Operation.Replace("there", Body(), "stale"),
        };
        var result = await Execute(
            new Operation.Create("new", Body()), new Operation.Delete("gone"), failing, new Operation.Create("gone2", Body()), new Operation.Delete("nobody2"));
        Assert.Equal((failure, 2), (result.Failure, result.FailedOperation));
        Assert.Null(await Store.ReadAsync(Here, "new", Cancelled));
        Assert.NotNull(await Store.ReadAsync(Here, "gone", Cancelled));
        Assert.Equal(etag, (await Store.ReadAsync(Here, "there", Cancelled))!.ETag);
    }

    [Fact]
    public async Task A_batch_of_the_largest_size_is_applied()
    {
        var operations = Enumerable.Range(0, StoreLimits.BatchOperations).Select(i => (Operation)new Operation.Create($"d{i}", Body())).ToArray();
        Assert.True((await Execute(operations)).Applied);
        Assert.Equal(StoreLimits.BatchOperations, await Store.CountAsync(Here, new Query("thing"), Cancelled));
    }

    [Fact]
    public async Task Fifty_parallel_compare_and_swap_increments_end_exact()
    {
        await Create(Here, "counter", Body(extra: """{"value":0}"""));
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var document = (await Store.ReadAsync(Here, "counter", Cancelled))!;
                var next = Body(extra: $$"""{"value":{{Value(document) + 1}}}""");
                if ((await Execute(new Operation.Replace("counter", next, document.ETag))).Applied)
                    return;
            }
        }, Cancelled)));
        Assert.Equal(50, Value((await Store.ReadAsync(Here, "counter", Cancelled))!));
    }

    [Fact]
    public async Task Failing_batches_among_parallel_good_ones_leave_those_intact()
    {
        await Create(Here, "taken", Body());
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(() => Execute(
            new Operation.Create($"n{i:000}", Body()), i % 3 == 0 ? new Operation.Create("taken", Body()) : new Operation.Upsert($"u{i:000}", Body())), Cancelled)));
        for (var i = 0; i < results.Length; i++)
        {
            Assert.Equal(i % 3 != 0, results[i].Applied);
            Assert.Equal(i % 3 != 0, await Store.ReadAsync(Here, $"n{i:000}", Cancelled) is not null);
        }
    }

    [Fact]
    public async Task Of_parallel_creates_of_one_id_exactly_one_succeeds()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Execute(new Operation.Create("one", Body())), Cancelled)));
        Assert.Single(results, result => result.Applied);
        Assert.All(results.Where(result => !result.Applied), result => Assert.Equal(BatchFailure.Conflict, result.Failure));
    }

    // Limits

    [Fact]
    public async Task Batches_over_a_limit_are_refused_with_its_name()
    {
        await Refused("BatchOperations", [.. Enumerable.Range(0, StoreLimits.BatchOperations + 1).Select(i => new Operation.Upsert($"d{i}", Body()))]);
        await Refused("BatchOperations", []);
        var half = Body(extra: JsonSerializer.Serialize(new { text = new string('x', StoreLimits.Bytes / 2) }));
        await Refused("Bytes", [new Operation.Upsert("a", half), new Operation.Upsert("b", half)]);
        await Refused("twice", [new Operation.Upsert("a", Body()), new Operation.Delete("a")]);
        Assert.Equal(0, await Store.CountAsync(Here, new Query("thing"), Cancelled));
    }

    [Theory]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a?b")]
    [InlineData("a#b")]
    [InlineData("a ")]
    [InlineData("")]
    public async Task Ids_with_reserved_characters_are_refused(string id)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Execute(new Operation.Upsert(id, Body())));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.ReadAsync(Here, id, Cancelled));
    }

    [Fact]
    public async Task An_id_over_the_limit_is_refused()
    {
        var id = new string('ä', StoreLimits.IdBytes / 2 + 1);
        var exception = await Assert.ThrowsAsync<ArgumentException>(() => Execute(new Operation.Upsert(id, Body())));
        Assert.Contains("IdBytes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_the_largest_size_is_stored_and_one_more_byte_refused()
    {
        var overhead = Body(extra: """{"text":""}""").Length;
        var largest = Body(extra: JsonSerializer.Serialize(new { text = new string('x', StoreLimits.Bytes - overhead) }));
        Assert.True((await Execute(new Operation.Create("a", largest))).Applied);
        Assert.Equal(StoreLimits.Bytes, (await Store.ReadAsync(Here, "a", Cancelled))!.Body.Length);
        await Refused("Bytes", [new Operation.Upsert("b", (byte[])[.. largest, (byte)' '])]);
    }

    [Fact]
    public async Task Incomplete_partitions_are_refused_for_reads_and_batches()
    {
        foreach (var prefix in (Partition[])[Partition.WholeWorkspace(Container.Conversations, Workspace), Partition.MemoryOf(Workspace, "a")])
        {
            await Assert.ThrowsAsync<ArgumentException>(() => Store.ReadAsync(prefix, "a", Cancelled));
            await Assert.ThrowsAsync<ArgumentException>(() => Store.ExecuteAsync(prefix, [new Operation.Upsert("a", Body())], Cancelled));
        }
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"type\":1}")]
    [InlineData("{\"type\":\"x\"")]
    [InlineData("{\"type\":\"x\"} {}")]
    [InlineData("{\"type\":\"x\",\"createdAt\":\"yesterday\"}")]
    [InlineData("{\"type\":\"x\",\"sequence\":1.5}")]
    public async Task Bodies_without_the_documented_form_are_refused(string body) =>
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Execute(new Operation.Upsert("a", Encoding.UTF8.GetBytes(body))));

    [Fact]
    public async Task Page_sizes_out_of_range_and_skip_with_continuation_are_refused()
    {
        foreach (var query in (Query[])[
            new("thing") { Limit = 0 }, new("thing") { Limit = StoreLimits.PageSize + 1 }, new("thing") { Skip = -1 },
            new("thing") { Skip = 1, Continuation = "x" }])
            await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.QueryAsync(Here, query, Cancelled));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DueAsync(null, Start, 0, Cancelled));
    }

    [Fact]
    public async Task A_damaged_or_foreign_continuation_is_invalid()
    {
        for (var i = 0; i < 3; i++)
            await Create(Here, $"d{i}", Body(created: i, sequence: i));
        var token = (await Store.QueryAsync(Here, new Query("thing") { Limit = 1 }, Cancelled)).Continuation!;
        foreach (var query in (Query[])[
            new("thing") { Continuation = "%%%" }, new("thing") { Continuation = "aGVsbG8" },
            new("thing") { Continuation = token, Descending = true }, new("thing") { Continuation = token, Order = QueryOrder.Sequence }])
        {
            var exception = await Assert.ThrowsAsync<KithException>(() => Store.QueryAsync(Here, query, Cancelled));
            Assert.Equal(ErrorCode.Invalid, exception.Code);
        }
    }

    private async Task Refused(string limit, Operation[] operations)
    {
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => Execute(operations));
        Assert.Contains(limit, exception.Message, StringComparison.Ordinal);
    }

    // Queries

    [Theory]
    [InlineData(QueryOrder.CreatedAt, false)]
    [InlineData(QueryOrder.CreatedAt, true)]
    [InlineData(QueryOrder.Sequence, false)]
    [InlineData(QueryOrder.Sequence, true)]
    public async Task Pages_follow_each_other_in_order(QueryOrder order, bool descending)
    {
        // Creation times run against sequences, and repeat, so that ids decide.
        var documents = Enumerable.Range(0, 25).Select(i => (Id: $"d{i * 7 % 25:00}", Created: (25 - i) / 2, Sequence: (long)i)).ToArray();
        foreach (var (id, created, sequence) in documents)
            await Create(Here, id, Body(created: created, sequence: sequence));
        var expected = order == QueryOrder.CreatedAt
            ? documents.OrderBy(d => d.Created).ThenBy(d => d.Id, StringComparer.Ordinal).Select(d => d.Id)
            : documents.OrderBy(d => d.Sequence).Select(d => d.Id);
        if (descending)
            expected = expected.Reverse();
        var ids = await AllPages(Here, new Query("thing") { Order = order, Descending = descending, Limit = 4 });
        Assert.Equal(expected.Select(id => "s1/" + id), ids);
    }

    [Fact]
    public async Task A_page_that_ends_with_the_last_document_has_no_continuation()
    {
        for (var i = 0; i < 4; i++)
            await Create(Here, $"d{i}", Body(created: i));
        Assert.Null((await Store.QueryAsync(Here, new Query("thing") { Limit = 4 }, Cancelled)).Continuation);
        Assert.Equal(["s1/d0", "s1/d1", "s1/d2", "s1/d3"], await AllPages(Here, new Query("thing") { Limit = 2 }));
    }

    [Fact]
    public async Task Documents_without_a_creation_time_come_first_and_without_a_sequence_not_at_all()
    {
        await Create(Here, "timed", Body(created: 1, sequence: 1));
        await Create(Here, "bare", Body());
        Assert.Equal(["bare", "timed"], await Ids(Here, new Query("thing")));
        Assert.Equal(["timed"], await Ids(Here, new Query("thing") { Order = QueryOrder.Sequence }));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Continuations_stay_stable_while_documents_are_inserted(bool descending)
    {
        for (var i = 0; i < 12; i++)
            await Create(Here, $"d{i:00}", Body(created: i * 10));
        var query = new Query("thing") { Limit = 3, Descending = descending };
        // Behind every page something is inserted before what was already read: it must neither appear nor push anything out.
        var ids = await AllPages(Here, query, page => Create(Here, $"x{page}", Body(created: descending ? 1000 + page : -1000 + page)));
        var expected = Enumerable.Range(0, 12).Select(i => $"s1/d{i:00}");
        Assert.Equal(descending ? expected.Reverse() : expected, ids);
    }

    [Fact]
    public async Task A_document_inserted_ahead_of_the_page_appears_and_one_removed_does_not()
    {
        for (var i = 0; i < 6; i++)
            await Create(Here, $"d{i}", Body(created: i * 10));
        var ids = await AllPages(Here, new Query("thing") { Limit = 2 }, async page =>
        {
            if (page != 0)
                return;
            await Create(Here, "ahead", Body(created: 25));
            await Execute(new Operation.Delete("d1"), new Operation.Delete("d4"));
        });
        Assert.Equal(["s1/d0", "s1/d1", "s1/d2", "s1/ahead", "s1/d3", "s1/d5"], ids);
    }

    [Fact]
    public async Task Skip_leaves_documents_out_from_the_start_and_continues_after()
    {
        for (var i = 0; i < 6; i++)
            await Create(Here, $"d{i}", Body(created: i));
        var page = await Store.QueryAsync(Here, new Query("thing") { Skip = 2, Limit = 2 }, Cancelled);
        Assert.Equal(["d2", "d3"], page.Items.Select(item => item.Id));
        Assert.Equal(["d4", "d5"], await Ids(Here, new Query("thing") { Limit = 2, Continuation = page.Continuation }));
        Assert.Empty(await Ids(Here, new Query("thing") { Skip = 7 }));
    }

    [Fact]
    public async Task Queries_and_counts_see_only_their_type()
    {
        await Create(Here, "a", Body("message"));
        await Create(Here, "b", Body("member"));
        Assert.Equal(["a"], await Ids(Here, new Query("message")));
        Assert.Equal(1, await Store.CountAsync(Here, new Query("member"), Cancelled));
        Assert.Equal(0, await Store.CountAsync(Here, new Query("mess"), Cancelled));
    }

    [Fact]
    public async Task Count_ignores_paging_and_obeys_the_condition()
    {
        for (var i = 0; i < 7; i++)
            await Create(Here, $"d{i}", Body(created: i, sequence: i, extra: $$"""{"even":{{(i % 2 == 0 ? "true" : "false")}}}"""));
        var query = new Query("thing") { Skip = 3, Limit = 1, Order = QueryOrder.Sequence };
        Assert.Equal(7, await Store.CountAsync(Here, query, Cancelled));
        Assert.Equal(4, await Store.CountAsync(Here, query with { Where = new Condition.Compare(Field.Boolean("even"), Comparison.Equal, true) }, Cancelled));
    }

    [Fact]
    public async Task Conditions_work_with_skip_and_pages()
    {
        for (var i = 0; i < 20; i++)
            await Create(Here, $"d{i:00}", Body(created: i, extra: $$"""{"n":{{i}}}"""));
        var query = new Query("thing") { Where = new Condition.Compare(Field.Number("n"), Comparison.GreaterOrEqual, 10d), Limit = 3 };
        Assert.Equal(Enumerable.Range(10, 10).Select(i => $"s1/d{i}"), await AllPages(Here, query));
        Assert.Equal(["d18", "d19"], await Ids(Here, query with { Skip = 8 }));
    }

    [Theory]
    [InlineData(QueryOrder.CreatedAt, false)]
    [InlineData(QueryOrder.CreatedAt, true)]
    [InlineData(QueryOrder.Sequence, false)]
    [InlineData(QueryOrder.Sequence, true)]
    public async Task Bounds_on_the_sort_key_hold_on_every_page(QueryOrder order, bool descending)
    {
        for (var i = 0; i < 20; i++)
            await Create(Here, $"d{i:00}", Body(created: i, sequence: i));
        Condition Bound(Comparison comparison, int i) => order == QueryOrder.Sequence
            ? new Condition.Compare(Field.Number("sequence"), comparison, (double)i)
            : new Condition.Compare(Field.Time("createdAt"), comparison, Timestamp.Of(Start.AddSeconds(i)));
        var query = new Query("thing")
        {
            Order = order,
            Descending = descending,
            Limit = 3,
            Where = new Condition.All(Bound(Comparison.Greater, 4), Bound(Comparison.LessOrEqual, 15)),
        };
        var expected = Enumerable.Range(5, 11).Select(i => $"s1/d{i:00}");
        Assert.Equal(descending ? expected.Reverse() : expected, await AllPages(Here, query));
        Assert.Equal(11, await Store.CountAsync(Here, query, Cancelled));
    }

    // Ids

    [Fact]
    public async Task Documents_are_found_by_ids_in_the_order_of_the_query_and_by_its_type_and_condition()
    {
        string[] ids = ["a", "A", "ä🦊", "x'; --", "\"q\"", "other"];
        for (var i = 0; i < ids.Length; i++)
            await Create(Here, ids[i], Body(ids[i] == "other" ? "other" : "thing", created: 100 - i, sequence: i));
        await Create(Partition.Conversation(Workspace, "s2"), "a", Body(created: 1));
        var query = new Query("thing") { Ids = ["unknown", "a\0", "\"q\"", "A", "a", "a", "ä🦊", "other"] };
        Assert.Equal(["\"q\"", "ä🦊", "A", "a"], await Ids(Here, query));
        Assert.Equal(["a", "A"], await Ids(Here, query with
        {
            Order = QueryOrder.Sequence,
            Where = new Condition.Compare(Field.Number("sequence"), Comparison.Less, 2d),
        }));
        Assert.Equal(["s1/\"q\"", "s1/ä🦊", "s1/A", "s1/a"], await AllPages(Here, query with { Limit = 2 }));
        Assert.Equal(4, await Store.CountAsync(Here, query, Cancelled));
    }

    [Fact]
    public async Task No_ids_find_nothing_and_a_thousand_are_looked_up()
    {
        for (var i = 0; i < 20; i++)
            await Create(Here, $"d{i * 50}", Body(created: i));
        Assert.Empty(await Ids(Here, new Query("thing") { Ids = [] }));
        Assert.Equal(0, await Store.CountAsync(Here, new Query("thing") { Ids = [] }, Cancelled));
        string[] ids = [.. Enumerable.Range(0, StoreLimits.PageSize).Select(i => $"d{i}")];
        Assert.Equal(20, (await Ids(Here, new Query("thing") { Ids = ids })).Length);
        var exception = await Assert.ThrowsAnyAsync<ArgumentException>(() => Ids(Here, new Query("thing") { Ids = [.. ids, "more"] }));
        Assert.Contains("PageSize", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_are_looked_up_below_a_prefix()
    {
        await Create(Partition.Memory(Workspace, "alice", "bob"), "c1", Body(created: 3));
        await Create(Partition.Memory(Workspace, "alice", "carol"), "c2", Body(created: 2));
        await Create(Partition.Memory(Workspace, "bob", "carol"), "c1", Body(created: 1));
        await Create(Partition.Conversation(Workspace, "s1"), "c1", Body(created: 1));
        var query = new Query("thing") { Ids = ["c1", "c9"] };
        Assert.Equal(["bob/c1", "alice/c1"], await AllPages(Partition.WholeWorkspace(Container.Memory, Workspace), query with { Limit = 1 }));
        Assert.Equal(["alice/c1"], await AllPages(Partition.MemoryOf(Workspace, "alice"), query));
        Assert.Equal(["s1/c1"], await AllPages(Partition.WholeWorkspace(Container.Conversations, Workspace), query));
    }

    // Partitions

    [Theory]
    [InlineData(QueryOrder.CreatedAt, false)]
    [InlineData(QueryOrder.CreatedAt, true)]
    [InlineData(QueryOrder.Sequence, false)]
    [InlineData(QueryOrder.Sequence, true)]
    public async Task A_workspace_is_queried_across_its_partitions_in_one_order(QueryOrder order, bool descending)
    {
        // The same id at the same time in several partitions: the partition decides.
        foreach (var session in (string[])["s2", "s1", "s3"])
        {
            await Create(Partition.Conversation(Workspace, session), "same", Body(created: 5, sequence: 5));
            await Create(Partition.Conversation(Workspace, session), "own", Body(created: session[1], sequence: session[1]));
        }
        string[] expected = ["s1/same", "s2/same", "s3/same", "s1/own", "s2/own", "s3/own"];
        var whole = Partition.WholeWorkspace(Container.Conversations, Workspace);
        var ids = await AllPages(whole, new Query("thing") { Order = order, Descending = descending, Limit = 2 });
        Assert.Equal(descending ? expected.Reverse() : expected, ids);
        Assert.Equal(6, await Store.CountAsync(whole, new Query("thing"), Cancelled));
    }

    [Fact]
    public async Task All_pairs_of_an_observer_are_queried_and_name_their_partitions()
    {
        await Create(Partition.Memory(Workspace, "alice", "bob"), "c1", Body(created: 1));
        await Create(Partition.Memory(Workspace, "alice", "carol"), "c1", Body(created: 1));
        await Create(Partition.Memory(Workspace, "alice", "alice"), "c2", Body(created: 0));
        await Create(Partition.Memory(Workspace, "bob", "alice"), "c3", Body(created: 2));
        var alice = Partition.MemoryOf(Workspace, "alice");
        var first = await Store.QueryAsync(alice, new Query("thing") { Limit = 2 }, Cancelled);
        var second = await Store.QueryAsync(alice, new Query("thing") { Limit = 2, Continuation = first.Continuation }, Cancelled);
        Assert.Equal(
            [Partition.Memory(Workspace, "alice", "alice"), Partition.Memory(Workspace, "alice", "bob"), Partition.Memory(Workspace, "alice", "carol")],
            [.. first.Items.Select(item => item.Partition), .. second.Items.Select(item => item.Partition)]);
        Assert.Equal(3, await Store.CountAsync(alice, new Query("thing"), Cancelled));
        Assert.Equal(4, await Store.CountAsync(Partition.WholeWorkspace(Container.Memory, Workspace), new Query("thing"), Cancelled));
    }

    [Fact]
    public async Task Partitions_containers_and_workspaces_do_not_see_each_other()
    {
        Partition[] partitions =
        [
            Partition.Conversation(Workspace, "x"), Partition.Conversation(Workspace, "X"), Partition.Conversation(Workspace + "2", "x"), Partition.Directory(Workspace, "x"),
            Partition.Work(Workspace, "x"), Partition.Memory(Workspace, "x", "y"), Partition.Memory(Workspace, "y", "x"), Partition.Memory(Workspace, "x", "x"),
        ];
        for (var i = 0; i < partitions.Length; i++)
            await Create(partitions[i], "a", Body(extra: $$"""{"value":{{i}}}"""));
        for (var i = 0; i < partitions.Length; i++)
        {
            Assert.Equal(i, Value((await Store.ReadAsync(partitions[i], "a", Cancelled))!));
            Assert.Equal(i, Value(Assert.Single((await Store.QueryAsync(partitions[i], new Query("thing"), Cancelled)).Items)));
            Assert.Equal(1, await Store.CountAsync(partitions[i], new Query("thing"), Cancelled));
        }
        await Store.ExecuteAsync(partitions[0], [new Operation.Delete("a")], Cancelled);
        Assert.NotNull(await Store.ReadAsync(partitions[2], "a", Cancelled));
        Assert.Equal(1, await Store.CountAsync(Partition.WholeWorkspace(Container.Conversations, Workspace), new Query("thing"), Cancelled));
    }

    // Time to live

    [Fact]
    public async Task An_expired_document_is_invisible_everywhere_at_once()
    {
        await Execute(
            new Operation.Create("short", Body(created: 1, due: Start), TimeSpan.FromMinutes(5)), new Operation.Create("long", Body(created: 2, due: Start)));
        Pass(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await Store.ReadAsync(Here, "short", Cancelled));
        Pass(TimeSpan.FromSeconds(1));
        Assert.Null(await Store.ReadAsync(Here, "short", Cancelled));
        Assert.Equal(["long"], await Ids(Here, new Query("thing")));
        Assert.Equal(1, await Store.CountAsync(Here, new Query("thing"), Cancelled));
        Assert.Equal(["long"], (await Store.DueAsync(Workspace, Start, 10, Cancelled)).Select(due => due.Id));
    }

    [Fact]
    public async Task To_writes_an_expired_document_does_not_exist()
    {
        var ttl = TimeSpan.FromSeconds(30);
        var etags = (await Execute(new Operation.Create("a", Body(), ttl), new Operation.Create("b", Body(), ttl), new Operation.Create("c", Body(), ttl))).ETags;
        Pass(ttl);
        Assert.Equal(BatchFailure.NotFound, (await Execute(new Operation.Replace("a", Body(), etags[0]))).Failure);
        Assert.Equal(BatchFailure.NotFound, (await Execute(new Operation.Delete("b"))).Failure);
        Assert.True((await Execute(new Operation.Create("c", Body()))).Applied);
    }

    [Fact]
    public async Task A_write_without_a_time_to_live_makes_a_document_permanent_and_one_with_it_restarts_it()
    {
        var ttl = TimeSpan.FromSeconds(30);
        var etag = (await Execute(new Operation.Create("a", Body(), ttl), new Operation.Create("b", Body(), ttl))).ETags[1];
        Pass(TimeSpan.FromSeconds(20));
        await Execute(new Operation.Upsert("a", Body()), new Operation.Replace("b", Body(), etag, ttl));
        Pass(TimeSpan.FromSeconds(20));
        Assert.NotNull(await Store.ReadAsync(Here, "b", Cancelled));
        Pass(TimeSpan.FromSeconds(20));
        Assert.Null(await Store.ReadAsync(Here, "b", Cancelled));
        Assert.NotNull(await Store.ReadAsync(Here, "a", Cancelled));
    }

    [Fact]
    public async Task A_time_to_live_that_is_not_positive_is_refused() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Execute(new Operation.Create("a", Body(), TimeSpan.Zero)));

    // Due

    [Fact]
    public async Task Due_returns_what_is_due_earliest_first_with_its_place()
    {
        var other = Workspace + "-other";
        await Create(Here, "head", Body("head", due: Start.AddMinutes(2)));
        await Create(Partition.Memory(Workspace, "a", "b"), "dream", Body("dream", due: Start.AddMinutes(1)));
        await Create(Partition.Conversation(other, "s"), "head", Body("head", due: Start.AddMinutes(3)));
        await Create(Here, "later", Body("head", due: Start.AddMinutes(9)));
        await Create(Here, "never", Body("head"));
        var due = await Store.DueAsync(Workspace, Start.AddMinutes(3), 10, Cancelled);
        Assert.Equal(
            [new DueDocument(Partition.Memory(Workspace, "a", "b"), "dream", "dream", Start.AddMinutes(1)), new DueDocument(Here, "head", "head", Start.AddMinutes(2))], due);
        var everywhere = (await Store.DueAsync(null, Start.AddMinutes(3), 1000, Cancelled)).Where(item => item.Partition.Workspace.StartsWith(Workspace, StringComparison.Ordinal));
        Assert.Equal(["dream", "head", "head"], everywhere.Select(item => item.Id));
    }

    [Fact]
    public async Task Due_returns_the_earliest_up_to_its_limit_and_forgets_what_was_cleared()
    {
        for (var i = 0; i < 5; i++)
            await Create(Here, $"d{i}", Body(due: Start.AddMinutes(i)));
        Assert.Equal(["d0", "d1"], (await Store.DueAsync(Workspace, Start.AddHours(1), 2, Cancelled)).Select(due => due.Id));
        await Execute(new Operation.Upsert("d0", Body()), new Operation.Delete("d1"));
        Assert.Equal(["d2", "d3", "d4"], (await Store.DueAsync(Workspace, Start.AddHours(1), 10, Cancelled)).Select(due => due.Id));
    }

    [Fact]
    public async Task Due_is_asked_by_container_and_from_a_time_on()
    {
        await Create(Here, "head", Body("head", due: Start.AddMinutes(2)));
        await Create(Here, "late", Body("head", due: Start.AddMinutes(3)));
        await Create(Partition.Memory(Workspace, "a", "b"), "dream", Body("dream", due: Start.AddMinutes(1)));
        var all = new DueQuery(Start.AddHours(1)) { Workspace = Workspace };
        Assert.Equal(["dream"], (await Store.DueAsync(all with { Containers = [Container.Memory] }, Cancelled)).Select(due => due.Id));
        Assert.Equal(["dream", "head", "late"], (await Store.DueAsync(all with { Containers = [Container.Memory, Container.Conversations] }, Cancelled)).Select(due => due.Id));
        Assert.Empty(await Store.DueAsync(all with { Containers = [Container.Work] }, Cancelled));
        Assert.Equal(["head", "late"], (await Store.DueAsync(all with { From = Start.AddMinutes(2) }, Cancelled)).Select(due => due.Id));
    }

    [Fact]
    public async Task All_that_is_due_comes_in_pages_each_document_once()
    {
        for (var i = 0; i < 11; i++)
            await Create(Here, $"d{i:00}", Body(due: Start.AddMinutes(i / 2)));
        var all = Store.AllDueAsync(new DueQuery(Start.AddHours(1)) { Workspace = Workspace, Limit = 3 }, Cancelled);
        Assert.Equal(Enumerable.Range(0, 11).Select(i => $"d{i:00}"), (await all.ToListAsync(Cancelled)).Select(due => due.Id).Order(StringComparer.Ordinal));
    }

    // Conditions

    [Theory]
    [MemberData(nameof(ConditionCases.Names), MemberType = typeof(ConditionCases))]
    public async Task A_condition_selects_the_same_documents_as_the_specification(string name)
    {
        var (condition, matching) = ConditionCases.All[name];
        await GivenConditionBodies();
        var query = new Query("thing") { Where = condition };
        Assert.Equal(matching, await Ids(Here, query));
        Assert.Equal(matching.Length, await Store.CountAsync(Here, query, Cancelled));
        var complement = await Ids(Here, query with { Where = new Condition.Not(condition) });
        Assert.Equal(ConditionCases.Bodies.Keys.Except(matching).Order(StringComparer.Ordinal), complement);
    }

    [Fact]
    public async Task Random_conditions_select_what_the_evaluator_selects()
    {
        var random = new Random(20260301);
        var bodies = ConditionCases.RandomBodies(random, 80);
        await GivenBodies(bodies);
        for (var i = 0; i < 1000; i++)
        {
            var condition = ConditionCases.Random(random, depth: i % 6);
            var expected = bodies.Where(body => ConditionEvaluator.Matches(condition, body.Value)).Select(body => body.Key).ToArray();
            var query = new Query("thing") { Where = condition };
            Assert.Equal(expected, (await Ids(Here, query)).Order(StringComparer.Ordinal));
            Assert.Equal(expected.Length, await Store.CountAsync(Here, query, Cancelled));
        }
    }

    [Fact]
    public async Task A_thousand_operands_and_deep_trees_are_answered()
    {
        await Create(Here, "a", Body(extra: """{"name":"n999"}"""));
        Condition condition = new Condition.In(Field.Text("name"), [.. Enumerable.Range(0, 1000).Select(i => (object)$"n{i}")]);
        for (var i = 0; i < 10; i++)
            condition = new Condition.All(new Condition.Any(condition, new Condition.Any()), new Condition.Not(new Condition.Not(condition)));
        Assert.Equal(["a"], await Ids(Here, new Query("thing") { Where = condition }));
    }

    [Fact]
    public async Task Gathering_finds_documents_by_id_and_by_several_queries_each_once_and_of_this_partition_only()
    {
        var elsewhere = Partition.Conversation(Workspace, "s2");
        await Create(Here, "a", Body("head"));
        await Create(Here, "b", Body("mark", extra: """{"value":1}"""));
        for (var i = 1; i <= 5; i++)
        {
            await Create(Here, $"m{i}", Body(sequence: i));
            await Create(elsewhere, $"m{i}", Body(sequence: i));
        }
        await Create(Here, "tagged", Body("label", extra: """{"metadata":{"k":"v"}}"""));
        await Create(Here, "untagged", Body("label", extra: """{"metadata":{"k":"w"}}"""));
        var range = new Query("thing") { Where = new Condition.All(new Condition.Compare(Field.Number("sequence"), Comparison.Greater, 1d), new Condition.Compare(Field.Number("sequence"), Comparison.LessOrEqual, 3d)), Limit = 1 };
        var tagged = new Query("label") { Where = new Condition.JsonContains(Field.Json("metadata"), JsonDocument.Parse("""{"k":"v"}""").RootElement) };
        var found = await Store.GatherAsync(Here, ["a", "m2", "missing"], [range, new Query("mark"), tagged], Cancelled);
        Assert.Equal(["a", "b", "m2", "m3", "tagged"], found.Select(document => document.Id).Order(StringComparer.Ordinal));
        Assert.All(found, document => Assert.Equal(Here, document.Partition));
        Assert.Equal((await Store.ReadAsync(Here, "b", Cancelled))!.ETag, found.Single(document => document.Id == "b").ETag);
        Assert.Empty(await Store.GatherAsync(Here, [], [], Cancelled));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.GatherAsync(Partition.WholeWorkspace(Container.Conversations, Workspace), ["a"], [], Cancelled));
    }

    private Task GivenConditionBodies() => GivenBodies(ConditionCases.Bodies);

    private async Task GivenBodies(IReadOnlyDictionary<string, JsonElement> bodies)
    {
        var operations = bodies.Select(body => (Operation)new Operation.Create(body.Key, Encoding.UTF8.GetBytes(body.Value.GetRawText())));
        Assert.True((await Store.ExecuteAsync(Here, [.. operations], Cancelled)).Applied);
    }

    // Durability

    [Fact]
    public async Task What_was_acknowledged_is_there_after_reopening()
    {
        var etags = new List<string>();
        for (var i = 0; i < 10; i++)
            etags.Add(await Create(Here, $"d{i}", Body(created: i, extra: string.Create(CultureInfo.InvariantCulture, $$"""{"value":{{i}}}"""))));
        await CloseAsync();
        Store = await ReopenAsync();
        var page = await Store.QueryAsync(Here, new Query("thing"), Cancelled);
        Assert.Equal(etags, page.Items.Select(item => item.ETag));
        Assert.Equal(Enumerable.Range(0, 10), page.Items.Select(Value));
    }
}
