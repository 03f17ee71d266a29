using System.Text.Json;
using Kith.Core.Agency;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Core.Memory;
using Kith.Core.Platforms;
using Kith.Core.Reasoning;
using Kith.Core.Recall;
using Kith.Core.Secrets;
using Kith.Core.Storage;
using Kith.Core.Usage;
using Kith.Core.Work;
using Kith.Local.Recall;
using Kith.Local.Storage;

namespace Kith.Core.Tests.Engine;

/// <summary>The engine on a real store in a folder of its own, with a manual clock, a scripted reasoner and a worker that runs when it is told.</summary>
internal sealed class TestEngine : IAsyncDisposable, IWorkQueue
{
    public const string Tenant = "w";

    private readonly string _folder;
    private readonly IReasoner _reasoner;
    private readonly DreamOptions? _dreams;
    private readonly IResponder? _responder;
    private readonly IWebhookSender? _webhooks;
    private readonly IPlatformSender? _platforms;
    private IEmbedder _embedder;
    private SqliteDocumentStore _store;

    /// <param name="other">Reasons in place of the scripted one.</param>
    /// <param name="responder">Answers for agents.</param>
    /// <param name="webhooks">Hears of events.</param>
    /// <param name="platforms">Hears what is said on chat platforms.</param>
    public TestEngine(
        ScriptedReasoner? reasoner = null,
        IEmbedder? embedder = null,
        IReasoner? other = null,
        DreamOptions? dreams = null,
        IResponder? responder = null,
        IWebhookSender? webhooks = null,
        IPlatformSender? platforms = null)
    {
        _dreams = dreams;
        _responder = responder;
        _webhooks = webhooks;
        _platforms = platforms;
        _folder = System.IO.Directory.CreateTempSubdirectory("kith-test-").FullName;
        Reasoner = reasoner ?? new ScriptedReasoner();
        Usage = new ModelUsage(Time);
        _reasoner = other ?? Reasoner;
        _embedder = embedder ?? new HashedEmbedder();
        _store = new SqliteDocumentStore(_folder, Time);
        Index = new LocalRecallIndex(_store, _embedder);
        Core = Build(_store);
    }

    /// <summary>Where the store keeps its files.</summary>
    public string Folder => _folder;

    public ManualTime Time { get; } = new();

    public ScriptedReasoner Reasoner { get; }

    /// <summary>What models are said to have used.</summary>
    public ModelUsage Usage { get; }

    public KithEngine Core { get; private set; }

    public IRecallIndex Index { get; private set; }

    public static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public Task EnqueueAsync(WorkHint hint, TimeSpan delay, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<IReadOnlyList<Message>> SayAsync(string session, string peer, params string[] texts) =>
        Core.Messages.AppendAsync(Tenant, session, [.. texts.Select(text => new NewMessage(peer, text))], Cancel);

    public Task JoinAsync(string session, string peer, MemberSettings? settings = null) =>
        Core.Sessions.AddMembersAsync(Tenant, session, new Dictionary<string, MemberSettings> { [peer] = settings ?? MemberSettings.Default }, Cancel);

    public async Task<IReadOnlyList<string>> KnownAsync(string observer, string observed)
    {
        var conclusions = await Core.Representations.SelectAsync(new RepresentationRequest(Tenant, observer, observed) { MaxConclusions = 100 }, Cancel);
        return [.. conclusions.Select(conclusion => conclusion.Content)];
    }

    /// <summary>Runs everything that is due, as the worker would, until nothing is.</summary>
    public async Task DrainAsync()
    {
        for (var round = 0; round < 1000; round++)
        {
            var due = await Core.Store.DueAsync(null, Time.GetUtcNow() + TimeSpan.FromMinutes(1), 1000, Cancel);
            if (due.Count == 0)
                return;

            Time.Advance(TimeSpan.FromSeconds(40));
            foreach (var partition in due.Select(item => item.Partition).Distinct())
            {
                foreach (var step in await Core.Planner.PlanAsync(partition, Cancel))
                    await Core.Runner.RunAsync(step, Cancel);
            }
        }

        Assert.Fail("Work never ends.");
    }

    /// <summary>What a restart does: everything that was only in memory is gone.</summary>
    /// <param name="embedder">The model configured from now on; the same as before where null.</param>
    /// <param name="writes">The next death comes right after so many writes; null for none.</param>
    /// <param name="around">Stands between the engine and the store.</param>
    public async Task RestartAsync(IEmbedder? embedder = null, int? writes = null, Func<IDocumentStore, IDocumentStore>? around = null)
    {
        await _store.DisposeAsync();
        _embedder = embedder ?? _embedder;
        _store = new SqliteDocumentStore(_folder, Time);
        Index = new LocalRecallIndex(_store, _embedder);
        Core = Build(writes is { } left ? new MortalStore(_store, left) : around?.Invoke(_store) ?? _store);
    }

    /// <summary>A second process on the same store.</summary>
    public KithEngine Beside() => Build(_store);

    /// <summary>Runs what is due in one place, until nothing is.</summary>
    public async Task WorkAsync(Partition partition)
    {
        while (await Core.Planner.PlanAsync(partition, Cancel) is { Count: > 0 } steps)
        {
            foreach (var step in steps)
                await Core.Runner.RunAsync(step, Cancel);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private KithEngine Build(IDocumentStore store) =>
        new(store, Index, _embedder, _reasoner, this, Time, TimeSpan.Zero, _dreams, _responder, _webhooks, new SecretBox("a key of these tests, long enough"), _platforms, new UsageHistory(store, Usage));
}
