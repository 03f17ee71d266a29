using System.Globalization;
using System.Text;
using Kith.Core;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests;

/// <summary>What only the local store promises: ownership of the folder, group commit, purging, its library and file versions.</summary>
public sealed class SqliteDatabaseTests : IAsyncDisposable
{
    private static readonly Partition Here = Partition.Conversation("w", "s");

    private readonly string _folder = Directory.CreateTempSubdirectory("kith-database-").FullName;
    private readonly ManualTime _time = new();
    private readonly SqliteDocumentStore _store;

    public SqliteDatabaseTests() => _store = new SqliteDocumentStore(_folder, _time);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void A_folder_that_is_open_is_refused_by_name()
    {
        var exception = Assert.Throws<KithException>(() => new SqliteDocumentStore(_folder, _time));
        Assert.Equal(ErrorCode.Unavailable, exception.Code);
        Assert.Contains(_folder, exception.Message, StringComparison.Ordinal);
        Assert.Contains("another process", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_refused()
    {
        // The version is part of the file's header and so of the transaction.
        await _store.Database.WriteAsync(session => { session.Execute("PRAGMA user_version = 99"); }, Cancelled);
        await _store.DisposeAsync();
        var exception = Assert.Throws<KithException>(() => new SqliteDocumentStore(_folder, _time));
        Assert.Contains("newer version", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_unavailable_and_leaves_the_folder_free()
    {
        await _store.DisposeAsync();
        var path = Path.Combine(_folder, "kith.db");
        var content = await File.ReadAllBytesAsync(path, Cancelled);
        await File.WriteAllTextAsync(path, new string('x', 8192), Cancelled);
        Assert.Equal(ErrorCode.Unavailable, Assert.Throws<KithException>(() => new SqliteDocumentStore(_folder, _time)).Code);
        await File.WriteAllBytesAsync(path, content, Cancelled);
        await using var store = new SqliteDocumentStore(_folder, _time);
        Assert.Null(await store.ReadAsync(Here, "a", Cancelled));
    }

    [Fact]
    public void A_missing_library_names_the_packages_to_install()
    {
        var exception = Assert.Throws<KithException>(() => SystemSqlite.Load(["libkith-no-such.so"]));
        Assert.Equal(ErrorCode.Unavailable, exception.Code);
        foreach (var package in (string[])["libsqlite3-0", "sqlite-libs", "apk add", "brew install sqlite"])
            Assert.Contains(package, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_old_library_is_refused_with_both_versions()
    {
        var exception = Assert.Throws<KithException>(() => SystemSqlite.DemandMinimum("3.7.17"));
        Assert.Contains("3.7.17", exception.Message, StringComparison.Ordinal);
        Assert.Contains("3.24", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Expired_rows_are_purged_from_the_file()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"thing"}""");
        await _store.ExecuteAsync(Here, [new Operation.Create("a", body, TimeSpan.FromSeconds(5)), new Operation.Create("b", body)], Cancelled);
        _time.Advance(TimeSpan.FromMinutes(2));
        await _store.PurgeAsync();
        Assert.Equal(1L, Scalar("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task The_clock_alone_starts_the_purge()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"thing"}""");
        await _store.ExecuteAsync(Here, [new Operation.Create("a", body, TimeSpan.FromSeconds(5))], Cancelled);
        _time.Advance(TimeSpan.FromMinutes(2));
        // The purge was queued before this write, and the writer keeps the order.
        await _store.ExecuteAsync(Here, [new Operation.Create("b", body)], Cancelled);
        Assert.Equal(1L, Scalar("SELECT count(*) FROM documents"));
    }

    [Fact]
    public async Task Work_that_throws_is_undone_alone_and_its_caller_gets_the_exception()
    {
        await _store.Database.WriteAsync(session => { session.Execute("CREATE TABLE numbers (n INTEGER)"); }, Cancelled);
        var writes = Enumerable.Range(0, 60).Select(i => Task.Run(() => _store.Database.WriteAsync(session =>
        {
            session.Execute("INSERT INTO numbers VALUES ($1)", (long)i);
            if (i % 4 == 0)
                throw new InvalidOperationException(i.ToString(CultureInfo.InvariantCulture));
        }, Cancelled), Cancelled)).ToArray();
        for (var i = 0; i < writes.Length; i++)
        {
            if (i % 4 == 0)
                Assert.Equal(i.ToString(CultureInfo.InvariantCulture), (await Assert.ThrowsAsync<InvalidOperationException>(() => writes[i])).Message);
            else
                await writes[i];
        }
        Assert.Equal(45L, Scalar("SELECT count(*) FROM numbers"));
        Assert.Equal(0L, Scalar("SELECT count(*) FROM numbers WHERE n % 4 = 0"));
    }

    [Fact]
    public async Task A_full_disk_is_unavailable_and_the_store_goes_on_afterwards()
    {
        await _store.Database.WriteAsync(session => { session.Execute("PRAGMA max_page_count = 30"); }, Cancelled);
        var large = Encoding.UTF8.GetBytes($$"""{"type":"thing","text":"{{new string('x', 500_000)}}"}""");
        var exception = await Assert.ThrowsAsync<KithException>(() => _store.ExecuteAsync(Here, [new Operation.Create("large", large)], Cancelled));
        Assert.Equal(ErrorCode.Unavailable, exception.Code);
        Assert.Null(await _store.ReadAsync(Here, "large", Cancelled));
        var small = Encoding.UTF8.GetBytes("""{"type":"thing"}""");
        Assert.True((await _store.ExecuteAsync(Here, [new Operation.Create("small", small)], Cancelled)).Applied);
    }

    [Fact]
    public async Task Readers_do_not_wait_for_the_writer_and_see_the_last_commit()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"thing"}""");
        await _store.ExecuteAsync(Here, [new Operation.Create("a", body)], Cancelled);
        using var writing = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        var write = _store.Database.WriteAsync(session =>
        {
            session.Execute("DELETE FROM documents");
            writing.Set();
            goOn.Wait(Cancelled);
        }, Cancelled);
        writing.Wait(Cancelled);
        Assert.NotNull(await _store.ReadAsync(Here, "a", Cancelled));
        goOn.Set();
        await write;
        Assert.Null(await _store.ReadAsync(Here, "a", Cancelled));
    }

    [Fact]
    public async Task Disposing_completes_the_writes_that_wait_and_refuses_later_ones()
    {
        var body = Encoding.UTF8.GetBytes("""{"type":"thing"}""");
        var writes = Enumerable.Range(0, 50).Select(i => _store.ExecuteAsync(Here, [new Operation.Create($"d{i}", body)], Cancelled)).ToArray();
        await _store.DisposeAsync();
        Assert.All(await Task.WhenAll(writes), result => Assert.True(result.Applied));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.ExecuteAsync(Here, [new Operation.Create("late", body)], Cancelled));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => _store.ReadAsync(Here, "d0", Cancelled));
    }

    [Fact]
    public void Pages_walk_an_index_in_order_and_never_scan_or_sort()
    {
        Partition[] partitions = [Here, Partition.Memory("w", "a", "b"), Partition.MemoryOf("w", "a"), Partition.WholeWorkspace(Container.Directory, "w")];
        foreach (var partition in partitions)
        {
            foreach (var query in (Query[])[
                new("thing"), new("thing") { Descending = true },
                new("thing") { Order = QueryOrder.Sequence }, new("thing") { Order = QueryOrder.Sequence, Descending = true }])
            {
                // There is no index for sequences across partitions: they mean nothing there, and are sorted.
                if (query.Order == QueryOrder.Sequence && !partition.IsComplete)
                    continue;
                Assert.StartsWith("SEARCH documents USING", Assert.Single(Plan(partition, query)), StringComparison.Ordinal);
                var next = query with { Continuation = new Continuation("1", "a", "b", "c").Encode(query) };
                Assert.Matches(@"SEARCH .*(created_at|sequence)[,)<>].*[<>]", Assert.Single(Plan(partition, next)));
            }
        }
    }

    [Theory]
    [InlineData(QueryOrder.Sequence, false)]
    [InlineData(QueryOrder.Sequence, true)]
    [InlineData(QueryOrder.CreatedAt, false)]
    [InlineData(QueryOrder.CreatedAt, true)]
    public void Bounds_on_the_sort_key_bound_the_walk_from_both_sides_on_every_page(QueryOrder order, bool descending)
    {
        Condition[] bounds = order == QueryOrder.Sequence
            ? [new Condition.Compare(Field.Number("sequence"), Comparison.Greater, 5d), new Condition.Compare(Field.Number("sequence"), Comparison.LessOrEqual, 9d)]
            : [new Condition.Compare(Field.Time("createdAt"), Comparison.GreaterOrEqual, "a"), new Condition.Compare(Field.Time("createdAt"), Comparison.Less, "b")];
        var key = order == QueryOrder.Sequence ? "sequence" : "created_at";
        Condition other = new Condition.Compare(Field.Text("name"), Comparison.NotEqual, "x");
        var query = new Query("thing") { Order = order, Descending = descending, Where = new Condition.All(other, new Condition.All(bounds)) };
        Assert.Matches($@"^SEARCH .* type=\? AND {key}>\? AND {key}<\?\)$", Assert.Single(Plan(Here, query)));
        // The continuation takes the place of one of them, being closer.
        var next = query with { Continuation = new Continuation("7", "a", "b", "c").Encode(query) };
        var rows = $@"\({key},id(,second,third)?\)";
        Assert.Matches(
            descending ? $@"^SEARCH .* type=\? AND {key}>\? AND {rows}<\(.*\)\)$" : $@"^SEARCH .* type=\? AND {rows}>\(.*\) AND {key}<\?\)$",
            Assert.Single(Plan(Here, next)));
    }

    [Fact]
    public void A_count_with_a_bound_on_the_sequence_walks_only_what_it_bounds()
    {
        var where = new Condition.All(
            new Condition.Compare(Field.Text("name"), Comparison.Equal, "x"), new Condition.Compare(Field.Number("sequence"), Comparison.LessOrEqual, 9d));
        Assert.Contains("AND sequence<?", Plan(DocumentSql.Count(Here, new Query("thing") { Where = where }, 0))[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Ids_are_sought_by_key()
    {
        var query = new Query("thing") { Ids = ["a", "b"] };
        Assert.Contains("INDEX documents_key (container=? AND workspace=? AND second=? AND third=? AND id=?)", Plan(Here, query)[0], StringComparison.Ordinal);
        foreach (var prefix in (Partition[])[Partition.WholeWorkspace(Container.Memory, "w"), Partition.MemoryOf("w", "a")])
            Assert.Contains("INDEX documents_id (container=? AND workspace=? AND id=?)", Plan(prefix, query)[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Queries_of_one_shape_share_their_statement_and_values_and_names_stay_out_of_it()
    {
        static DocumentSql Of(string value, string key) => DocumentSql.Page(Here, new Query(value)
        {
            Ids = [value],
            Where = new Condition.All(
                new Condition.Compare(Field.Text("name"), Comparison.Equal, value), new Condition.In(Field.Text("name"), [value, value]),
                new Condition.Includes(Field.TextList("tags"), value), new Condition.Compare(Field.Json("metadata", key), Comparison.Equal, value)),
        }, 0);
        var sql = Of("needle", "pin").Sql;
        Assert.Equal(sql, Of("'; DROP TABLE documents; --", "\"").Sql);
        Assert.DoesNotContain("needle", sql, StringComparison.Ordinal);
        Assert.DoesNotContain("pin", sql, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_shapes_of_conditions_than_statements_are_kept_are_answered()
    {
        await _store.ExecuteAsync(Here, [new Operation.Create("a", Encoding.UTF8.GetBytes("""{"type":"thing"}"""))], Cancelled);
        Condition absent = new Condition.IsNull(Field.Text("name"));
        for (var shape = 0; shape < 600; shape++)
        {
            var parts = Enumerable.Range(0, 10).Select(bit => (shape >> bit & 1) == 0 ? absent : new Condition.Not(new Condition.Not(absent)));
            Assert.Equal(1, await _store.CountAsync(Here, new Query("thing") { Where = new Condition.All([.. parts]) }, Cancelled));
        }
    }

    [Theory]
    [InlineData("SELECT id FROM documents INDEXED BY documents_due WHERE due_at <= 'x' ORDER BY due_at LIMIT 5")]
    [InlineData("SELECT id FROM documents INDEXED BY documents_due_of_workspace WHERE workspace = 'w' AND due_at <= 'x' ORDER BY due_at LIMIT 5")]
    [InlineData("SELECT rowid FROM documents WHERE expires_at <= 5 LIMIT 5")]
    public void The_sweep_and_the_purge_walk_an_index(string sql) =>
        Assert.StartsWith("SEARCH documents USING", Assert.Single(Plan(sql, [])), StringComparison.Ordinal);

    private List<string> Plan(Partition partition, Query query) => Plan(DocumentSql.Page(partition, query, 0));

    private List<string> Plan(DocumentSql statement) => Plan(statement.Sql, statement.Values);

    private List<string> Plan(string sql, object?[] values) => _store.Database.Read(session =>
    {
        using var reader = session.Command("EXPLAIN QUERY PLAN " + sql, values).ExecuteReader();
        var lines = new List<string>();
        while (reader.Read())
            lines.Add(reader.GetString(3));
        return lines;
    });

    private object? Scalar(string sql) => _store.Database.Read(session => session.Command(sql).ExecuteScalar());
}
