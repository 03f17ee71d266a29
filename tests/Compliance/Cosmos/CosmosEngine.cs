using Kith.Azure.Storage;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;
using Kith.Local.Recall;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>The engine on the Cosmos DB adapter and the gateway double, with the local recall index in a folder of its own.</summary>
internal sealed class CosmosEngine : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("kith-cosmos-").FullName;
    private readonly SqliteDocumentStore _recall;
    private readonly CosmosDocumentStore _store;

    private CosmosEngine()
    {
        Gateway = new CosmosGateway(Time);
        _store = Gateway.Store();
        _recall = new SqliteDocumentStore(_folder, Time);
        var embedder = new HashedEmbedder();
        Engine = new KithEngine(
            _store, new LocalRecallIndex(_recall, embedder), embedder, new ExtractiveReasoner(text => Tokenizer.Count(text)), new NoQueue(), Time, TimeSpan.FromMinutes(1));
    }

    public ManualTime Time { get; } = new();

    public CosmosGateway Gateway { get; }

    public KithEngine Engine { get; }

    public static async Task<CosmosEngine> StartAsync(CancellationToken cancellationToken)
    {
        var engine = new CosmosEngine();
        await engine._store.EnsureCreatedAsync(cancellationToken);
        return engine;
    }

    /// <summary>Runs what is due in a partition until nothing is.</summary>
    public async Task WorkAsync(Partition partition, CancellationToken cancellationToken)
    {
        while (await Engine.Planner.PlanAsync(partition, cancellationToken) is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                await Engine.Runner.RunAsync(step, cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _store.Dispose();
        await _recall.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoQueue : IWorkQueue
    {
        public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
