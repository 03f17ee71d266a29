using System.Net;
using System.Text;
using System.Text.Json;
using Azure.Identity;
using Kith.Azure.Storage;
using Kith.Compliance.Tests.Cosmos;
using Kith.Core;
using Kith.Core.Conversations;
using Kith.Core.Storage;
using CosmosException = Microsoft.Azure.Cosmos.CosmosException;

namespace Kith.Compliance.Tests;

/// <summary>What the adapter makes of a service that is throttled, cut off, or silent about what it has done.</summary>
public sealed class CosmosFaultTests : IAsyncLifetime
{
    private static readonly Partition Here = Partition.Conversation("w", "s1");

    private readonly CosmosGateway _gateway = new(TimeProvider.System);
    private CosmosDocumentStore _store = null!;

    public static TheoryData<GatewayFault> Every => [.. Enum.GetValues<GatewayFault>()];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _store = _gateway.Store();
        await _store.EnsureCreatedAsync(Cancelled);
    }

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        _gateway.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public void A_token_that_cannot_be_had_now_is_worth_another_try() =>
        Assert.Equal(ErrorCode.Unavailable, CosmosFault.Translated(new CredentialUnavailableException("away"), Cancelled)!.Code);

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_batch_whose_first_attempt_fails_is_applied_once(GatewayFault fault)
    {
        var etags = (await Execute(new Operation.Create("replaced", Body(0)), new Operation.Create("deleted", Body(0)))).ETags;
        Once(GatewayRequestKind.Batch, fault);
        var result = await Execute(
            new Operation.Replace("replaced", Body(1), etags[0]), new Operation.Delete("deleted", etags[1]), new Operation.Create("created", Body(1)), new Operation.Upsert("upserted", Body(1)));
        Assert.Equal((BatchFailure.None, -1), (result.Failure, result.FailedOperation));
        foreach (var (id, i) in ((string, int)[])[("replaced", 0), ("created", 2), ("upserted", 3)])
        {
            var document = (await _store.ReadAsync(Here, id, Cancelled))!;
            Assert.Equal((1, result.ETags[i]), (Value(document), document.ETag));
        }
        Assert.Equal("", result.ETags[1]);
        Assert.Null(await _store.ReadAsync(Here, "deleted", Cancelled));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task A_batch_of_deletions_whose_first_attempt_fails_is_applied(GatewayFault fault)
    {
        await Execute(new Operation.Create("a", Body(0)), new Operation.Create("b", Body(0)));
        Once(GatewayRequestKind.Batch, fault);
        Assert.True((await Execute(new Operation.Delete("a"), new Operation.Delete("b"))).Applied);
        Assert.Empty((await _store.QueryAsync(Here, new Query("thing"), Cancelled)).Items);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Conflicts_with_others_are_reported_after_a_failed_attempt_too(GatewayFault fault)
    {
        await Execute(new Operation.Create("taken", Body(1)));
        Once(GatewayRequestKind.Batch, fault);
        var result = await Execute(new Operation.Create("new", Body(2)), new Operation.Create("taken", Body(2)));
        Assert.Equal((BatchFailure.Conflict, 1), (result.Failure, result.FailedOperation));
        Assert.Null(await _store.ReadAsync(Here, "new", Cancelled));
        Assert.Equal(1, Value((await _store.ReadAsync(Here, "taken", Cancelled))!));
    }

    [Fact]
    public async Task A_write_that_was_applied_unnoticed_is_not_repeated_over_a_later_one()
    {
        using var other = _gateway.Store();
        var state = 0;
        _gateway.Fault = kind =>
        {
            if (kind == GatewayRequestKind.Batch && state == 0)
            {
                state = 1;
                return GatewayFault.TimeoutAfter;
            }
            if (state == 1)
            {
                // Between the attempt and the question what became of it, somebody else writes one of the two.
                state = 2;
                other.ExecuteAsync(Here, [new Operation.Upsert("a", Body(9))], CancellationToken.None).GetAwaiter().GetResult();
            }
            return GatewayFault.None;
        };
        var result = await Execute(new Operation.Upsert("a", Body(1)), new Operation.Upsert("b", Body(1)));
        Assert.True(result.Applied);
        var (a, b) = ((await _store.ReadAsync(Here, "a", Cancelled))!, (await _store.ReadAsync(Here, "b", Cancelled))!);
        Assert.Equal((9, 1, b.ETag), (Value(a), Value(b), result.ETags[1]));
        // What was overwritten has no valid etag to continue from.
        Assert.NotEqual(a.ETag, result.ETags[0]);
        Assert.Equal(BatchFailure.PreconditionFailed, (await Execute(new Operation.Replace("a", Body(2), result.ETags[0]))).Failure);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public async Task Reads_and_queries_are_answered_after_a_failed_attempt(GatewayFault fault)
    {
        await Execute(new Operation.Create("a", Body(1)), new Operation.Create("b", Body(2)));
        Once(GatewayRequestKind.Read, fault);
        Assert.Equal(1, Value((await _store.ReadAsync(Here, "a", Cancelled))!));
        Once(GatewayRequestKind.Query, fault);
        Assert.Equal(2, (await _store.QueryAsync(Here, new Query("thing"), Cancelled)).Items.Count);
        Once(GatewayRequestKind.Query, fault);
        Assert.Equal(2, await _store.CountAsync(Here, new Query("thing"), Cancelled));
        Once(GatewayRequestKind.Query, fault);
        Assert.Equal(2, (await _store.QueryAsync(Partition.WholeWorkspace(Container.Conversations, "w"), new Query("thing") { Ids = ["a", "b"] }, Cancelled)).Items.Count);
        Once(GatewayRequestKind.Query, fault);
        Assert.Empty(await _store.DueAsync(null, DateTimeOffset.UtcNow, 10, Cancelled));
    }

    [Theory]
    [InlineData(GatewayFault.Throttled)]
    [InlineData(GatewayFault.Unavailable)]
    [InlineData(GatewayFault.TimeoutAfter)]
    [InlineData(GatewayFault.Cut)]
    public async Task A_service_that_stays_away_is_unavailable(GatewayFault fault)
    {
        _gateway.Fault = _ => fault;
        foreach (var call in (Func<Task>[])[
            () => _store.ReadAsync(Here, "a", Cancelled),
            () => _store.QueryAsync(Here, new Query("thing"), Cancelled),
            () => _store.CountAsync(Here, new Query("thing"), Cancelled),
            () => Execute(new Operation.Create("a", Body(1))),
            () => _store.DueAsync(null, DateTimeOffset.UtcNow, 10, Cancelled)])
        {
            var exception = await Assert.ThrowsAsync<KithException>(call);
            Assert.Equal(ErrorCode.Unavailable, exception.Code);
        }
    }

    [Fact]
    public async Task A_missing_container_is_unavailable_not_an_absent_document()
    {
        using var gateway = new CosmosGateway(TimeProvider.System);
        using var store = gateway.Store();
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<KithException>(() => store.ReadAsync(Here, "a", Cancelled))).Code);
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<KithException>(() => store.QueryAsync(Here, new Query("thing"), Cancelled))).Code);
        Assert.Equal(ErrorCode.Unavailable, (await Assert.ThrowsAsync<KithException>(() => store.ExecuteAsync(Here, [new Operation.Create("a", Body(1))], Cancelled))).Code);
    }

    [Theory]
    [InlineData(413, 0, ErrorCode.BudgetExceeded)]
    [InlineData(403, 1014, ErrorCode.BudgetExceeded)]
    [InlineData(403, 0, ErrorCode.Unavailable)]
    [InlineData(404, 1003, ErrorCode.Unavailable)]
    [InlineData(429, 3200, ErrorCode.Unavailable)]
    public void Only_what_waiting_may_cure_is_unavailable(int status, int subStatus, ErrorCode code) =>
        Assert.Equal(code, CosmosFault.Translated(new CosmosException("", (HttpStatusCode)status, subStatus, "", 0), Cancelled)!.Code);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Of_messages_appended_under_random_faults_none_that_was_acknowledged_is_lost_and_none_is_there_twice(int seed)
    {
        await using var engine = await CosmosEngine.StartAsync(Cancelled);
        engine.Gateway.Fault = RandomFaults.Seeded(seed, share: 0.25, inARow: 5);
        var acknowledged = new List<string>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < 6; i++)
            {
                var text = $"{writer} says {i}";
                try
                {
                    await engine.Engine.Messages.AppendAsync("w", $"s{i % 2}", [new NewMessage($"p{writer}", text)], Cancelled);
                    lock (acknowledged)
                        acknowledged.Add(text);
                }
                catch (KithException exception) when (exception.Code == ErrorCode.Unavailable)
                {
                    // The writer does not know; what is stored tells.
                }
            }
        }, Cancelled)));

        engine.Gateway.Fault = _ => GatewayFault.None;
        var stored = new List<string>();
        foreach (var session in (string[])["s0", "s1"])
        {
            var page = await engine.Engine.Messages.ListAsync("w", session, new Paging(1, 100), null, Cancelled);
            Assert.Equal(Enumerable.Range(1, page.Items.Count).Select(i => (long)i), page.Items.Select(message => message.Sequence));
            stored.AddRange(page.Items.Select(message => message.Content));
        }
        Assert.NotEmpty(acknowledged);
        Assert.Empty(acknowledged.Except(stored));
        Assert.Equal(stored.Distinct(), stored);
    }

    private static byte[] Body(int value) => Encoding.UTF8.GetBytes($$"""{"type":"thing","value":{{value}}}""");

    private static int Value(Document document) => JsonDocument.Parse(document.Body).RootElement.GetProperty("value").GetInt32();

    private Task<BatchResult> Execute(params Operation[] operations) => _store.ExecuteAsync(Here, operations, Cancelled);

    /// <summary>The fault happens to the next request of the kind.</summary>
    private void Once(GatewayRequestKind kind, GatewayFault fault)
    {
        var waits = 1;
        _gateway.Fault = asked => asked == kind && Interlocked.Exchange(ref waits, 0) == 1 ? fault : GatewayFault.None;
    }
}
