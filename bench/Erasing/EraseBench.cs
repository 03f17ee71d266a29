using System.Diagnostics;
using Kith.Core;
using Kith.Core.Conversations;
using Kith.Core.Erasing;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;
using Kith.Local.Recall;
using Kith.Local.Storage;
using Kith.Testing;

namespace Kith.Bench.Erasing;

/// <summary>What it costs to erase one peer, who said one message in a thousand, among very many.</summary>
internal sealed class EraseBench(TextWriter output, int messages) : IWorkQueue
{
    private const string Workspace = "erase";
    private const int PerSession = 1_000;

    /// <summary>The peer is in every one of so many sessions.</summary>
    private const int Every = 100;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var data = new DataFolder();
        await using var store = new SqliteDocumentStore(data.Path, TimeProvider.System);
        var embedder = new HashedEmbedder();
        var engine = new KithEngine(store, new LocalRecallIndex(store, embedder), embedder, new ExtractiveReasoner(text => Tokenizer.Count(text)), this, TimeProvider.System, TimeSpan.Zero);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, messages / PerSession), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken }, async (session, cancelled) =>
        {
            for (var i = 0; i < PerSession; i += Limits.MessagesPerCall)
            {
                NewMessage[] said = [.. Enumerable.Range(i, Limits.MessagesPerCall).Select(n => new NewMessage(Author(session, n), $"In session {session} I have a cat named Tom{n} and much to tell about the weather."))];
                await engine.Messages.AppendAsync(Workspace, $"s{session}", said, cancelled);
            }
        });

        output.WriteLine($"{messages} messages stored in {clock.Elapsed.TotalSeconds:0.0} s, file {Size(data):0} MB");
        clock.Restart();
        // Only the sessions of the peer are worked out: what the others would add is not touched by the erasure.
        for (var session = 0; session * PerSession < messages; session += Every)
            await WorkAsync(engine, Partition.Conversation(Workspace, $"s{session}"), cancellationToken);
        output.WriteLine($"its sessions indexed and derived in {clock.Elapsed.TotalSeconds:0.0} s, file {Size(data):0} MB");

        clock.Restart();
        var erasure = await engine.Erasures.StartAsync(Workspace, new ErasureTarget(ErasureKind.Peer, Peer: "target"), cancellationToken);
        await WorkAsync(engine, Partition.Work(Workspace, "$erasures"), cancellationToken);
        erasure = await engine.Erasures.GetAsync(Workspace, erasure.Id, cancellationToken);
        output.WriteLine($"erased in {clock.Elapsed.TotalSeconds:0.0} s ({erasure.State}): {string.Join(", ", erasure.Counts.Select(count => $"{count.Value} {count.Key}"))}");
        clock.Restart();
        var proof = await engine.Erasures.ProveAsync(Workspace, erasure.Id, cancellationToken);
        output.WriteLine($"proof in {clock.Elapsed.TotalSeconds:0.0} s: {proof.Remaining.Values.Sum()} left; file {Size(data):0} MB");
        clock.Restart();
        await store.ScrubAsync(DateTimeOffset.MinValue, cancellationToken);
        output.WriteLine($"asking for it again took {clock.Elapsed.TotalMilliseconds:0} ms");
    }

    public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>In some sessions one message in ten.</summary>
    private static string Author(int session, int number) => session % Every == 0 && number % 10 == 3 ? "target" : $"p{number % 7}";

    private static async Task WorkAsync(KithEngine engine, Partition partition, CancellationToken cancellationToken)
    {
        while (await engine.Planner.PlanAsync(partition, cancellationToken) is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                await engine.Runner.RunAsync(step, cancellationToken);
        }
    }

    private static double Size(DataFolder data) => System.IO.Directory.EnumerateFiles(data.Path).Sum(file => new FileInfo(file).Length) / 1e6;
}
