using System.Globalization;

namespace Kith.Http.Tests.Fuzz;

/// <summary>
/// Requests that succeed, spoiled in every way that a broken client or an attacker may think of, at every route. KITH_FUZZ_REQUESTS sets their
/// number; KITH_FUZZ_SEED repeats a run.
/// </summary>
public sealed class SpoiledRequestTests(ITestOutputHelper output)
{
    private const int Requests = 2_000;
    private const int MostFailures = 10;
    private const string Session = "/v3/workspaces/golden-ts-2-5-0/sessions/ts-s-2-5-0";

    /// <summary>For what never ends; how busy the machine is must not matter.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Doors of which every route has a request of its own.</summary>
    private static readonly string[] Doors = ["/api", "/v2", "/v1/workspaces/{workspace}/threads", "/v1/workspaces/{workspace}/states", "/v1/workspaces/{workspace}/settings", "/v1/workspaces/{workspace}/agents", "/v1/workspaces/{workspace}/connections", "/v1/workspaces/{workspace}/peers/{peer}/links", "/hooks", "/mcp", "/.well-known"];

    [Fact]
    public async Task Spoiled_requests_are_refused_cleanly_and_store_nothing()
    {
        var seed = Setting("KITH_FUZZ_SEED", Random.Shared.Next());
        var count = Setting("KITH_FUZZ_REQUESTS", Requests);
        output.WriteLine($"KITH_FUZZ_SEED={seed} KITH_FUZZ_REQUESTS={count}");
        await using var host = KithHost.OnKestrel();
        var session = await ElizaRequests.SessionAsync(host);
        Watched[] watched = [Watched.Honcho(Session), Watched.Thread(ThreadRequests.WatchedWorkspace, "t"), Watched.Eliza(session)];
        var examples = (await RouteExamples.LoadAsync(host, Session, [.. ThreadRequests.Watched, .. ElizaRequests.SentTo(session)])).OfRoutes;
        var failures = new List<string>();
        var statuses = new SortedDictionary<int, int>();
        for (var number = 0; number < count && failures.Count < MostFailures; number++)
        {
            var random = new Random(HashCode(seed, number));
            var example = examples[random.Next(examples.Length)];
            var request = Mutations.Apply(random, example[random.Next(example.Length)]);
            if (watched.Any(one => one.IsEnd(request)))
                continue;
            // Only a post that still goes to a watched session can be told from the other traffic by its message count.
            var target = watched.SingleOrDefault(one => one.IsPost(request));
            var before = target is null ? 0 : await target.CountAsync(host);
            var state = await DoorState.BehindAsync(host, request);
            using var limit = new CancellationTokenSource(Patience);
            var reply = await request.SendAsync(host.Client.BaseAddress!, limit.Token);
            statuses[reply.Status] = statuses.GetValueOrDefault(reply.Status) + 1;
            var fault = Verdict.Fault(request, reply)
                ?? (target is not null && await target.CountAsync(host) - before is var added && added != Watched.Promised(reply) ? $"stored {added} messages" : null)
                ?? (reply.Status >= 400 && (await DoorState.BehindAsync(host, request)).ChangedSince(state) is not null ? await ChangeAsync(host, request) : null);
            if (fault is not null)
                failures.Add($"{number} {fault}: {request}\n  {reply.Status} {reply.Body[..Math.Min(reply.Body.Length, 500)]}");
        }

        output.WriteLine(string.Join(", ", statuses));
        Assert.True(failures.Count == 0, $"KITH_FUZZ_SEED={seed}\n{string.Join('\n', failures)}");
        await CheckConsistencyAsync(host, watched);
    }

    [Fact]
    public async Task Every_route_of_the_doors_is_fuzzed_from_a_request_that_succeeds()
    {
        await using var host = KithHost.OnKestrel();
        var unproven = (await RouteExamples.LoadAsync(host, Session, [])).Unproven.Where(route => Doors.Any(door => route.Split(' ')[1].StartsWith(door, StringComparison.Ordinal)));
        // Where no keys are needed, none are made.
        Assert.Equal(["POST /v2/keys"], unproven);
    }

    /// <summary>What a refused request changes, sent once more: one before it that gave up waiting may have been carried out just then.</summary>
    private static async Task<string?> ChangeAsync(KithHost host, RawRequest request)
    {
        using var limit = new CancellationTokenSource(Patience);
        var state = await DoorState.BehindAsync(host, request);
        var reply = await request.SendAsync(host.Client.BaseAddress!, limit.Token);
        return reply.Status >= 400 ? (await DoorState.BehindAsync(host, request)).ChangedSince(state) : null;
    }

    /// <summary>After all that, each session still takes a message, and lists every message once.</summary>
    private static async Task CheckConsistencyAsync(KithHost host, IEnumerable<Watched> watched)
    {
        foreach (var session in watched.Select(one => one.Session))
        {
            var sent = await host.SendAsync("POST", $"{session}/messages", new { messages = new[] { new { content = "After the storm", peer_id = "alice" } } });
            Assert.Equal(201, sent.Code);
            var ids = new List<string>();
            for (var page = 1; ; page++)
            {
                var list = (await host.SendAsync("POST", $"{session}/messages/list?size=100&page={page}")).Json!;
                ids.AddRange(list["items"]!.AsArray().Select(message => message!["id"]!.GetValue<string>()));
                if (page < list["pages"]!.GetValue<int>())
                    continue;
                Assert.Equal(list["total"]!.GetValue<int>(), ids.Count);
                break;
            }

            Assert.Equal(ids.Count, ids.Distinct().Count());
            Assert.Equal(sent.Json![0]!["id"]!.GetValue<string>(), ids[^1]);
        }
    }

    /// <summary>Neighbouring seeds share no requests.</summary>
    private static int HashCode(int seed, int number) => unchecked((seed * 1_000_003) + number);

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
