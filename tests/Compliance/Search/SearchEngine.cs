using Kith.Azure.Recall;
using Kith.Core;
using Kith.Core.Conversations;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;
using Kith.Local.Storage;

namespace Kith.Compliance.Tests.Search;

/// <summary>The engine on the local store and the search adapter, over a double that lags on a clock that moves when told; work runs when told.</summary>
internal sealed class SearchEngine : IAsyncDisposable, IWorkQueue
{
    public const string Tenant = "w";

    private readonly string _folder = Directory.CreateTempSubdirectory("kith-search-").FullName;
    private readonly SqliteDocumentStore _store;
    private readonly SearchRecallIndex _index;

    public SearchEngine()
    {
        Server = new SearchServer(Time) { Lag = TimeSpan.FromSeconds(8) };
        _store = new SqliteDocumentStore(_folder, Time);
        var embedder = new HashedEmbedder(64);
        var options = new SearchOptions
        {
            Endpoint = SearchServer.Address,
            Key = SearchServer.ApiKey,
            RetryDelay = TimeSpan.FromMilliseconds(1),
            AttemptTimeout = TimeSpan.FromMilliseconds(500),
        };
        _index = new SearchRecallIndex(options, embedder, TimeProvider.System, Server.Transport());
        Core = new KithEngine(_store, _index, embedder, new ExtractiveReasoner(text => Tokenizer.Count(text)), this, Time, TimeSpan.Zero);
    }

    public ManualTime Time { get; } = new();

    public SearchServer Server { get; }

    public KithEngine Core { get; }

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public static async Task<SearchEngine> StartAsync()
    {
        var engine = new SearchEngine();
        await engine._index.EnsureCreatedAsync(Cancelled);
        return engine;
    }

    public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<Message>> SayAsync(string session, params string[] texts) =>
        Core.Messages.AppendAsync(Tenant, session, [.. texts.Select(text => new NewMessage("alice", text))], Cancelled);

    public async Task<IReadOnlyList<MessageMatch>> FindAsync(string query, string? session = null) =>
        (await Core.MessageSearch.SearchAsync(new MessageSearchRequest(Tenant, query) { Session = session, Limit = 100 }, Cancelled)).Items;

    /// <summary>Runs everything that is due, without letting time pass.</summary>
    /// <returns>How many steps found something that did not answer; they stay due.</returns>
    public async Task<int> WorkAsync()
    {
        var outages = 0;
        for (var round = 0; round < 10; round++)
        {
            var due = await Core.Store.DueAsync(null, Time.GetUtcNow() + TimeSpan.FromMinutes(1), 1000, Cancelled);
            if (due.Count == 0)
                break;
            foreach (var partition in due.Select(item => item.Partition).Distinct())
            {
                foreach (var step in await Core.Planner.PlanAsync(partition, Cancelled))
                {
                    try
                    {
                        await Core.Runner.RunAsync(step, Cancelled);
                    }
                    catch (KithException outage) when (outage.Code == ErrorCode.Unavailable)
                    {
                        outages++;
                    }
                }
            }
        }

        return outages;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        Server.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
