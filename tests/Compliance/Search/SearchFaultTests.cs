using Kith.Azure.Recall;
using Kith.Core;
using Kith.Core.Recall;

namespace Kith.Compliance.Tests.Search;

/// <summary>What the adapter makes of a service that throttles, breaks off, stays silent or takes only part of a batch.</summary>
public sealed class SearchFaultTests : IAsyncLifetime
{
    private const string Workspace = "w";

    private readonly SearchServer _server = new(TimeProvider.System);
    private readonly SearchRecallIndex _index;

    public SearchFaultTests()
    {
        var options = new SearchOptions
        {
            Endpoint = SearchServer.Address,
            Key = SearchServer.ApiKey,
            Retries = 3,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            AttemptTimeout = TimeSpan.FromMilliseconds(500),
        };
        _index = new SearchRecallIndex(options, new HashedEmbedder(16), TimeProvider.System, _server.Transport());
    }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await _index.EnsureCreatedAsync(Cancelled);
        _server.Forget();
    }

    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Upsert_only_the_documents_that_were_not_taken_are_sent_again()
    {
        var refusals = new Queue<int>([200, 503, 200, 409, 422]);
        _server.DocumentStatus = _ => refusals.TryDequeue(out var status) ? status : 200;
        await _index.UpsertAsync([.. Enumerable.Range(1, 4).Select(Entry)], Cancelled);
        Assert.Equal([4, 2, 1], _server.Calls.Select(call => call.Actions));
        Assert.Equal(4, _server.Found);
    }

    [Fact]
    public async Task Upsert_documents_that_are_never_taken_are_unavailable_after_the_repetitions()
    {
        _server.DocumentStatus = _ => 503;
        var failure = await Assert.ThrowsAsync<KithException>(() => _index.UpsertAsync([Entry(1)], Cancelled));
        Assert.Equal(ErrorCode.Unavailable, failure.Code);
        Assert.Equal(4, _server.Calls.Count);
    }

    [Fact]
    public async Task Upsert_a_document_that_cannot_be_taken_is_invalid_and_keeps_no_other_back()
    {
        var statuses = new Queue<int>([400, 503, 200]);
        _server.DocumentStatus = _ => statuses.TryDequeue(out var status) ? status : 200;
        var failure = await Assert.ThrowsAsync<KithException>(() => _index.UpsertAsync([.. Enumerable.Range(1, 3).Select(Entry)], Cancelled));
        Assert.Equal(ErrorCode.Invalid, failure.Code);
        Assert.Equal(2, _server.Found);
    }

    [Theory]
    [InlineData(SearchFaultKind.Throttled)]
    [InlineData(SearchFaultKind.Unavailable)]
    [InlineData(SearchFaultKind.Silence)]
    [InlineData(SearchFaultKind.CutBefore)]
    [InlineData(SearchFaultKind.CutAfter)]
    [InlineData(SearchFaultKind.CutWithin)]
    public async Task A_fault_that_passes_is_not_noticed(SearchFaultKind fault)
    {
        Fail(fault, times: 2);
        await _index.UpsertAsync([Entry(1)], Cancelled);
        Fail(fault, times: 2);
        Assert.Single(await _index.SearchAsync(Lantern, Cancelled));
        Fail(fault, times: 2);
        await _index.DeleteSessionAsync(Workspace, "s", Cancelled);
        Assert.Equal(0, _server.Found);
    }

    [Theory]
    [InlineData(SearchFaultKind.Throttled)]
    [InlineData(SearchFaultKind.Unavailable)]
    [InlineData(SearchFaultKind.Silence)]
    [InlineData(SearchFaultKind.CutBefore)]
    [InlineData(SearchFaultKind.CutAfter)]
    [InlineData(SearchFaultKind.CutWithin)]
    public async Task A_fault_that_stays_is_unavailable_and_says_nothing_of_the_content(SearchFaultKind fault)
    {
        _server.Fault = () => fault;
        foreach (var call in new Func<Task>[] { () => _index.UpsertAsync([Entry(1)], Cancelled), () => _index.SearchAsync(Lantern, Cancelled), () => _index.DeleteWorkspaceAsync(Workspace, Cancelled) })
        {
            var failure = await Assert.ThrowsAsync<KithException>(call);
            Assert.Equal(ErrorCode.Unavailable, failure.Code);
            Assert.DoesNotContain("lantern", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task A_call_that_its_caller_gave_up_is_cancelled_not_unavailable()
    {
        using var gone = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        _server.Fault = () => SearchFaultKind.Silence;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _index.SearchAsync(Lantern, gone.Token));
    }

    [Fact]
    public async Task Under_faults_at_random_nothing_that_was_taken_is_lost_or_found_twice()
    {
        var random = new Random(11);
        SearchFaultKind[] kinds = [SearchFaultKind.Throttled, SearchFaultKind.Unavailable, SearchFaultKind.CutBefore, SearchFaultKind.CutAfter, SearchFaultKind.CutWithin];
        _server.Fault = () => random.NextDouble() < 0.4 ? kinds[random.Next(kinds.Length)] : SearchFaultKind.None;
        _server.DocumentStatus = _ => random.NextDouble() < 0.2 ? 503 : 200;
        for (var i = 0; i < 40; i++)
        {
            RecallEntry[] entries = [.. Enumerable.Range(i * 5, 5).Select(Entry)];
            await UntilDoneAsync(() => _index.UpsertAsync(entries, Cancelled));
        }

        await UntilDoneAsync(() => _index.DeleteAsync(Workspace, RecallKind.Message, ["m0", "m199"], Cancelled));
        string[] found = [];
        await UntilDoneAsync(async () => found = [.. (await _index.SearchAsync(Lantern with { Limit = 1000 }, Cancelled)).Select(hit => hit.Id)]);
        Assert.Equal(Enumerable.Range(1, 198).Select(i => $"m{i}").Order(), found.Order());
    }

    [Fact]
    public async Task The_engine_under_faults_at_random_loses_no_message_and_finds_none_twice()
    {
        await using var engine = await SearchEngine.StartAsync();
        var random = new Random(5);
        engine.Server.Fault = () => random.NextDouble() < 0.6 ? (SearchFaultKind)random.Next(1, 7) : SearchFaultKind.None;
        for (var i = 1; i <= 12; i++)
        {
            await engine.SayAsync($"s{i % 3}", $"lantern {i}");
            await engine.WorkAsync();
            engine.Time.Advance(TimeSpan.FromSeconds(2));
            await UntilDoneAsync(async () => Assert.Equal(i, (await engine.FindAsync("lantern")).Select(match => match.Message.Id).Distinct().Count()));
        }

        engine.Server.Fault = () => SearchFaultKind.None;
        Assert.Equal(0, await engine.WorkAsync());
        engine.Time.Advance(TimeSpan.FromMinutes(1));
        var found = await engine.FindAsync("lantern");
        Assert.Equal(12, found.Count);
        Assert.All(found, match => Assert.NotNull(match.Hit.Distance));
    }

    private static RecallQuery Lantern => new(new RecallScope { Workspace = Workspace, Kind = RecallKind.Message }) { Text = "lantern" };

    private static RecallEntry Entry(int number) => new()
    {
        Workspace = Workspace,
        Kind = RecallKind.Message,
        Id = $"m{number}",
        Text = "a lantern",
        Session = "s",
        Sequence = number,
        Peer = "alice",
        CreatedAt = DateTimeOffset.UnixEpoch,
    };

    private static async Task UntilDoneAsync(Func<Task> call)
    {
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
            {
                Cancelled.ThrowIfCancellationRequested();
            }
        }
    }

    private void Fail(SearchFaultKind fault, int times) => _server.Fault = () => times-- > 0 ? fault : SearchFaultKind.None;
}
