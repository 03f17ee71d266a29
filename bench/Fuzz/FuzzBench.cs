using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Kith.Http.Tests.Fuzz;

namespace Kith.Bench.Fuzz;

/// <summary>
/// Spoiled requests over all routes and doors: how many are answered how, how long the slowest takes, and what the server's process holds of memory on the way. After
/// the storm it must still answer, and hold no more than it did in the first half.
/// </summary>
internal sealed class FuzzBench(BenchHost host, TextWriter output)
{
    private const int Senders = 4;
    private const int Rounds = 8;
    private const int MostFaults = 20;

    /// <summary>What memory may differ by between two looks at the same load.</summary>
    private const double Tolerance = 1.25;

    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>The number of faults.</summary>
    public async Task<int> RunAsync(int count, int seed)
    {
        var server = host.Client.BaseAddress!;
        foreach (var request in ThreadRequests.All)
            await request.SendAsync(server, CancellationToken.None);
        RawRequest[][] examples =
        [
            .. (await OpenApiExamples.ReadAsync(host.Client)).Concat(ThreadRequests.All).Concat(await ElizaAsync(server)).GroupBy(RouteOf).Select(route => route.ToArray()),
        ];
        output.WriteLine($"seed {seed}: {count} requests over {examples.Length} routes");

        var statuses = new ConcurrentDictionary<int, int>();
        var faults = new ConcurrentQueue<string>();
        var slow = new ConcurrentQueue<(int Number, RawRequest Request)>();
        var slowest = TimeSpan.Zero;
        var memory = new List<long>();
        var clock = Stopwatch.StartNew();
        for (var round = 0; round < Rounds; round++)
        {
            var numbers = Enumerable.Range(round * count / Rounds, ((round + 1) * count / Rounds) - (round * count / Rounds));
            await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = Senders }, SendAsync);
            await Task.Delay(TimeSpan.FromSeconds(2));
            await RepeatAsync();
            memory.Add(host.ResidentBytes ?? 0);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(round + 1) * count / Rounds,7} requests  {clock.Elapsed.TotalSeconds,6:0} s  {memory[^1] / 1e6,6:0} MB  slowest {slowest.TotalMilliseconds,6:0} ms  {faults.Count} faults"));
        }

        output.WriteLine(string.Join(", ", statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}")));
        // The first round is the warm-up. What collection left behind shows in the lowest look of each half.
        var (early, late) = (memory[1..(Rounds / 2)].Min(), memory[(Rounds / 2)..].Min());
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"memory: {early / 1e6:0} MB in the first half, {late / 1e6:0} MB in the second"));
        if (late > early * Tolerance)
            faults.Enqueue("memory grew");
        if (!(await host.Client.GetAsync(new Uri("/health", UriKind.Relative))).IsSuccessStatusCode)
            faults.Enqueue("the server does not answer any more");
        foreach (var fault in faults.Take(MostFaults))
            output.WriteLine(fault);
        output.WriteLine($"{faults.Count} faults");
        return faults.Count;

        // A busy machine makes anything slow once: a request counts that is slow by itself too.
        async Task RepeatAsync()
        {
            while (slow.TryDequeue(out var late))
            {
                var took = Stopwatch.StartNew();
                await late.Request.SendAsync(server, CancellationToken.None);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{late.Number} was slow; by itself it takes {took.ElapsedMilliseconds} ms: {late.Request.Method} {late.Request.Target}"));
                if (took.Elapsed > Slow)
                    faults.Enqueue($"{late.Number} took {took.Elapsed.TotalSeconds:0.0} s: {late.Request}");
            }
        }

        async ValueTask SendAsync(int number, CancellationToken cancellationToken)
        {
            var random = new Random(unchecked((seed * 1_000_003) + number));
            var example = examples[random.Next(examples.Length)];
            var request = Mutations.Apply(random, example[random.Next(example.Length)]);
            using var limit = new CancellationTokenSource(Patience);
            var took = Stopwatch.StartNew();
            RawReply reply;
            try
            {
                reply = await request.SendAsync(server, limit.Token);
            }
            catch (OperationCanceledException)
            {
                faults.Enqueue($"{number} no answer within {Patience.TotalSeconds} s: {request}");
                return;
            }

            var elapsed = took.Elapsed;
            statuses.AddOrUpdate(reply.Status, 1, (_, sum) => sum + 1);
            lock (statuses)
                slowest = elapsed > slowest ? elapsed : slowest;
            if (elapsed > Slow)
                slow.Enqueue((number, request));
            if (Verdict.Fault(request, reply) is { } fault)
                faults.Enqueue($"{number} {fault}: {request}\n  {reply.Status} {reply.Body[..Math.Min(reply.Body.Length, 300)]}");
        }
    }

    /// <summary>The agents' door describes no bodies: its clients bring their own types.</summary>
    private static async Task<IReadOnlyList<RawRequest>> ElizaAsync(Uri server)
    {
        var open = Of("POST", "/api/messaging/sessions", """{"agentId":"22222222-2222-4222-8222-222222222222","userId":"33333333-3333-4333-8333-333333333333","metadata":{"a":{"b":1}},"timeoutConfig":{"timeoutMinutes":"30","autoRenew":false}}""");
        var session = $"{open.Target}/{JsonNode.Parse((await open.SendAsync(server, CancellationToken.None)).Body)!["sessionId"]}";
        return
        [
            open,
            Of("POST", $"{session}/messages", """{"content":"Hello","attachments":[{"type":"image"}],"metadata":{"a":[1]},"transport":"http"}"""),
            Of("POST", $"{session}/messages", """{"content":"Hello","transport":"sse","clientId":"1"}"""),
            Of("GET", $"{session}/messages?limit=5&before=1900000000000&after=0", ""),
            Of("PATCH", $"{session}/timeout", """{"timeoutMinutes":10,"autoRenew":true}"""),
            Of("POST", $"{session}/renew", ""),
            Of("POST", $"{session}/heartbeat", ""),
        ];

        static RawRequest Of(string method, string target, string body) => new(method, target, [("Content-Type", "application/json")], Encoding.UTF8.GetBytes(body));
    }

    private static string RouteOf(RawRequest request) => $"{request.Method} {request.Target.Split('?')[0]}";
}
