using System.Globalization;
using System.Net;
using Kith.Clients.Hosts;
using Kith.Compliance.Tests;

namespace Kith.Faults;

/// <summary>
/// Two hosts on one Cosmos DB and one AI Search that refuse, time out and break connections at random, before and after they have done what was asked: the
/// hosts race for the same sessions and their steps. The seed is in the output; <c>KITH_FAULT_SEED</c> sets it.
/// </summary>
public sealed class AzureFaultTests
{
    private const string Workspace = "storm";
    private const int Writers = 6;
    private const int PostsEach = 10;
    private const int Attempts = 50;

    private static readonly string[] Sessions = ["talk", "chat"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    /// <summary>Faults that the adapters' own attempts cure, and some that go on until callers hear of them.</summary>
    [Theory]
    [InlineData(1, 0.1, 3)]
    [InlineData(2, 0.4, 12)]
    public async Task No_acknowledged_message_is_lost_none_is_there_twice_and_nothing_is_answered_with_500(int run, double share, int inARow)
    {
        var seed = run + (int.TryParse(Environment.GetEnvironmentVariable("KITH_FAULT_SEED"), CultureInfo.InvariantCulture, out var given) ? given : 20261201);
        TestContext.Current.TestOutputHelper!.WriteLine($"KITH_FAULT_SEED={seed - run}");
        using var doubles = new AzureDoubles();
        await using var first = new AzureHost(doubles);
        await using var second = new AzureHost(doubles);
        Api[] hosts = [new(first.Address), new(second.Address)];

        var ledger = new Ledger(Workspace);
        doubles.Fail(seed, share, inARow);
        var statuses = await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => WriteAsync(hosts, ledger, writer)));
        Assert.All(statuses.SelectMany(answers => answers), status => Assert.True(status is HttpStatusCode.Created or HttpStatusCode.OK or HttpStatusCode.ServiceUnavailable, $"{status}"));
        Assert.Equal(0, ledger.Unanswered);
        if (inARow <= 3)
            Assert.DoesNotContain(HttpStatusCode.ServiceUnavailable, statuses.SelectMany(answers => answers));

        doubles.Recover();
        await ledger.CheckAsync(hosts[0]);
        await hosts[0].DrainAsync(Workspace, Patience);
        foreach (var post in ledger.Acknowledged)
        {
            var found = await hosts[1].PostAsync($"/v3/workspaces/{Workspace}/sessions/{post.Session}/search", new { query = post.Name, limit = 1 });
            Assert.Equal(post.Texts[0], (string)found[0]!["content"]!);
        }
        var conclusions = await hosts[0].ListAsync($"/v3/workspaces/{Workspace}/conclusions/list");
        Assert.NotEmpty(conclusions);
        var keys = conclusions.Select(conclusion => $"{conclusion["observer_id"]} {conclusion["observed_id"]} {conclusion["session_id"]} {conclusion["content"]}").ToList();
        Assert.Equal(keys.Distinct(), keys);
    }

    /// <summary>A writer that hears 503 does not know whether its post is stored: it goes to the other host with it, under the same key, until it is told.</summary>
    private static async Task<List<HttpStatusCode>> WriteAsync(Api[] hosts, Ledger ledger, int writer)
    {
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < PostsEach; i++)
        {
            var post = new Post($"w{writer}n{i}", $"peer-{writer}", Sessions[(writer + i) % Sessions.Length], [$"I own {i + 2} boats called w{writer}n{i}."]);
            ledger.Add(post);
            for (var attempt = 0; !post.Acknowledged && attempt < Attempts; attempt++)
            {
                try
                {
                    await post.SendAsync(hosts[(writer + i + attempt) % hosts.Length].Client, Workspace, isRepeatable: true);
                    statuses.Add(HttpStatusCode.Created);
                }
                catch (HttpRequestException exception) when (exception.StatusCode is { } status)
                {
                    statuses.Add(status);
                    await Task.Delay(20, Cancelled);
                }
            }
            statuses.Add(await ReadAsync(hosts[(writer + i) % hosts.Length].Client, $"/v3/workspaces/{Workspace}/sessions/{post.Session}/context"));
        }
        return statuses;
    }

    /// <summary>A session that does not exist yet is not found, which is right.</summary>
    private static async Task<HttpStatusCode> ReadAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(path, Cancelled);
        return response.StatusCode == HttpStatusCode.NotFound ? HttpStatusCode.OK : response.StatusCode;
    }
}
