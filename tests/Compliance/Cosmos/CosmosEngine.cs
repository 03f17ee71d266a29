using Kith.Azure.Recall;
using Kith.Azure.Storage;
using Kith.Compliance.Tests.Search;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>The engine on Azure's adapters and the doubles of both services.</summary>
internal sealed class CosmosEngine : IAsyncDisposable
{
    private readonly CosmosDocumentStore _store;
    private readonly SearchRecallIndex _index;

    private CosmosEngine(bool withSearch)
    {
        Gateway = new CosmosGateway(Time);
        _store = Gateway.Store();
        Search = new SearchServer(Time);
        var embedder = new HashedEmbedder();
        _index = new SearchRecallIndex(new SearchOptions { Endpoint = SearchServer.Address, Key = SearchServer.ApiKey }, embedder, TimeProvider.System, Search.Transport());
        Engine = new KithEngine(
            _store, withSearch ? _index : new ScanRecallIndex(_store, embedder), embedder, new ExtractiveReasoner(text => Tokenizer.Count(text)), new NoQueue(), Time, TimeSpan.FromMinutes(1));
    }

    public ManualTime Time { get; } = new();

    public CosmosGateway Gateway { get; }

    public SearchServer Search { get; }

    public KithEngine Engine { get; }

    public static Task<CosmosEngine> StartAsync(CancellationToken cancellationToken) => StartAsync(withSearch: true, cancellationToken);

    public static async Task<CosmosEngine> StartAsync(bool withSearch, CancellationToken cancellationToken)
    {
        var engine = new CosmosEngine(withSearch);
        await engine._store.EnsureCreatedAsync(cancellationToken);
        await engine._index.EnsureCreatedAsync(cancellationToken);
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

    public ValueTask DisposeAsync()
    {
        _store.Dispose();
        Gateway.Dispose();
        Search.Dispose();
        return ValueTask.CompletedTask;
    }

    private sealed class NoQueue : IWorkQueue
    {
        public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
