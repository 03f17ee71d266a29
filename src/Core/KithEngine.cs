using Kith.Core.Access;
using Kith.Core.Agency;
using Kith.Core.Answers;
using Kith.Core.Claiming;
using Kith.Core.Context;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Editing;
using Kith.Core.Erasing;
using Kith.Core.Events;
using Kith.Core.Limiting;
using Kith.Core.Memory;
using Kith.Core.Platforms;
using Kith.Core.Porting;
using Kith.Core.Reasoning;
using Kith.Core.Rebuilding;
using Kith.Core.Recall;
using Kith.Core.Retaining;
using Kith.Core.Secrets;
using Kith.Core.Storage;
using Kith.Core.Threads;
using Kith.Core.Usage;
using Kith.Core.Work;

namespace Kith.Core;

/// <summary>The memory engine on a set of adapters: everything a host needs, wired in one place.</summary>
public sealed class KithEngine
{
    /// <param name="stagingLease">How long an unfinished append of another process is respected; zero where this process alone owns the store.</param>
    /// <param name="dreams">The standard where null.</param>
    /// <param name="responder">Calls agents that answer elsewhere; null calls nobody.</param>
    /// <param name="webhooks">Sends events; null sends none.</param>
    /// <param name="platforms">Says replies on chat platforms; null says none.</param>
    /// <param name="secrets">Keeps secrets of others; null can keep none.</param>
    /// <param name="usage">What models were used for, to hold workspaces to their budgets by; null holds nobody to one.</param>
    public KithEngine(
        IDocumentStore store,
        IRecallIndex index,
        IEmbedder embedder,
        IReasoner reasoner,
        IWorkQueue queue,
        TimeProvider time,
        TimeSpan stagingLease,
        DreamOptions? dreams = null,
        IResponder? responder = null,
        IWebhookSender? webhooks = null,
        SecretBox? secrets = null,
        IPlatformSender? platforms = null,
        UsageHistory? usage = null)
    {
        dreams ??= new DreamOptions();
        Store = store;
        Reasoner = reasoner;
        Embedder = embedder;
        Workspaces = new Workspaces(store, embedder, queue, time);
        var modelBudget = new ModelBudget(Workspaces, usage, time);
        reasoner = new BudgetedReasoner(reasoner, modelBudget);
        embedder = new BudgetedEmbedder(embedder, modelBudget);
        Secrets = secrets ?? SecretBox.None;

        var lanes = new SessionLanes(store, time, stagingLease);
        var log = new MessageLog(store);
        var threads = new ThreadDirectory(store, time);
        var projection = new SessionProjection(store, threads);
        var listeners = new Listeners(store, time);
        Announcer = new Announcer(store, listeners, queue, time);
        FailedSteps = new FailedSteps(store, Announcer, queue, time);
        Deliveries = new Deliveries(store, FailedSteps, queue, time);
        var outbox = new Outbox(store, listeners, Announcer, queue, time);
        var notes = new DreamNotes(store, outbox, dreams, time);
        var conclusionIndex = new ConclusionIndex(index, embedder);
        var writes = new IndexedWrites(store, conclusionIndex, notes, time);

        Connections = new Connections(store, Workspaces, Deliveries, Secrets, time);
        var replies = new Replies(store, log, Connections, platforms ?? new NoPlatformSender(), FailedSteps, queue, time);
        var courier = new Courier(store, webhooks ?? new NoWebhookSender(), replies, FailedSteps, queue, time);
        Peers = new Peers(store, Workspaces, time);
        Links = new Links(store, Peers, time);
        Scopes = new Scopes(store, Peers, time);
        Sessions = new Sessions(store, lanes, projection, log, Peers, Scopes, queue, time);
        Webhooks = new Webhooks(store, Workspaces, listeners, Announcer, Deliveries, time);
        Budgets = new Budgets(store, Workspaces, time);
        Messages = new Messages(store, lanes, projection, log, Peers, Budgets, queue, time);
        Claims = new Claims(store, time);
        RateLimits = new RateLimits(store, time);
        Keys = new Keys(store, Workspaces, time);
        var reader = new ThreadReader(store, log, threads, time);
        var expiry = new ThreadExpiry(lanes, projection, threads, queue, time);
        Threads = new Threads.Threads(lanes, projection, log, Messages, Sessions, Peers, reader, threads, expiry, queue, time);
        ThreadMessages = new ThreadMessages(log, Messages, reader, threads, time);
        ThreadLists = new ThreadLists(reader, threads);
        ThreadHistories = new ThreadHistories(reader, ThreadLists, ThreadMessages);
        ThreadStates = new ThreadStates(store, lanes, projection, reader, threads, queue, time);
        ThreadImports = new ThreadImports(Messages, Peers, time);
        WorkflowStates = new WorkflowStates(store, Peers, time);
        Rebuilds = new Rebuilds(store, Workspaces, Peers, Sessions, embedder, queue, time);
        EmbeddingModels = new EmbeddingModels(store, Workspaces, Rebuilds, embedder, time);
        var queries = new QueryEmbedding(embedder, EmbeddingModels, time);
        var recall = new ConclusionRecall(store, index, queries, time);
        MessageSearch = new MessageSearch(store, index, log, new IndexTail(store, log, index.Lag, time), Peers, queries);
        PeerCards = new PeerCards(store, Peers, Links);
        var removals = new Removals(store, writes, conclusionIndex, PeerCards);
        var writer = new ConclusionWriter(store, index, conclusionIndex, notes, time);
        Dreams = new Dreams(store, Workspaces, notes, dreams, queue, time);
        var purger = new Purger(store, lanes, threads, removals, index, time);
        var withdrawals = new Withdrawals(store, removals, writer, conclusionIndex, Rebuilds, Dreams);
        var remnants = new Remnants(store, index, withdrawals);
        var sessionEraser = new SessionEraser(store, index, lanes, projection, withdrawals, queue, time);
        var eraser = new Eraser(store, index, sessionEraser, purger, removals, withdrawals, remnants, Dreams, Sessions, Announcer, time);
        Erasures = new Erasures(store, Workspaces, Peers, Sessions, log, sessionEraser, remnants, eraser, queue, time);
        Edits = new Edits(lanes, queue, time);
        Inbox = new Inbox(store, lanes, log, Messages, Edits, Erasures, Links, queue, time);
        Conclusions = new Conclusions(store, recall, writes, Erasures, Peers, Sessions, PeerCards, time);
        Pairs = new Pairs(store);
        Representations = new Representations(store, recall, Links);
        Summaries = new Summaries(store);
        Exports = new Exports(store, Workspaces, Peers);
        Imports = new Imports(store, queue, time);
        var documents = new PortableWriter(store, conclusionIndex, notes, Workspaces, embedder, queue, time);
        var spoken = new SpokenWriter(store, Peers, Sessions, Messages, PeerCards, writes, time);
        Contexts = new Contexts(log, Peers, Scopes, Representations, PeerCards, Summaries);
        Chats = new Chats(store, reasoner, modelBudget, log, MessageSearch, recall, Workspaces, Peers, Sessions, Scopes, PeerCards, Links);
        Queues = new Queues(store, lanes, log, dreams, FailedSteps, Deliveries, queue, time);
        MessageStates = new MessageStates(store, lanes, log, time);
        Agents = new Agents(store, Workspaces, time);
        AgentSessions = new AgentSessions(store, Sessions, Messages, new Timeline(store, log), Agents, queue, time);
        Replier = new Replier(store, Messages, Agents, Contexts, Chats, responder ?? new NoResponder(), replies, FailedSteps, time);
        var indexer = new Indexer(store, log, index, embedder, time);
        var deriver = new Deriver(store, log, reasoner, writer, withdrawals, time);
        var editor = new Editor(store, index, lanes, withdrawals, deriver, indexer, FailedSteps, time);
        Planner = new WorkPlanner(store, log, reasoner.Debounce, dreams, Replier, FailedSteps, outbox, courier, editor, time);
        var rereader = new Rereader(store, log, deriver, removals, PeerCards, Dreams);
        var summariser = new Summariser(store, log, reasoner, Announcer, time);
        var dreamer = new Dreamer(store, reasoner, conclusionIndex, notes, FailedSteps, outbox, dreams, time);
        Runner = new WorkRunner(
            store,
            indexer,
            deriver,
            summariser,
            dreamer,
            Conclusions,
            purger,
            new Settler(store, lanes, projection, threads, Workspaces, new Retainer(store, lanes, index, removals, time), listeners, Announcer, queue, time),
            expiry,
            Replier,
            new Rebuilder(store, log, lanes, indexer, rereader, conclusionIndex, index, Workspaces, FailedSteps, queue, time),
            Erasures,
            eraser,
            new Importer(store, documents, spoken, Workspaces, time),
            EmbeddingModels,
            FailedSteps,
            new Replayer(store, FailedSteps, indexer, deriver, summariser, dreamer, notes, time),
            outbox,
            courier,
            editor,
            time);
        Unstarted = new Unstarted(FailedSteps, time);
    }

    public IDocumentStore Store { get; }

    public IReasoner Reasoner { get; }

    public IEmbedder Embedder { get; }

    public SecretBox Secrets { get; }

    public Workspaces Workspaces { get; }

    public Peers Peers { get; }

    public Links Links { get; }

    public Scopes Scopes { get; }

    public Sessions Sessions { get; }

    public Webhooks Webhooks { get; }

    public Budgets Budgets { get; }

    public Messages Messages { get; }

    public Claims Claims { get; }

    public RateLimits RateLimits { get; }

    public Keys Keys { get; }

    public Threads.Threads Threads { get; }

    public ThreadMessages ThreadMessages { get; }

    public ThreadLists ThreadLists { get; }

    public ThreadHistories ThreadHistories { get; }

    public ThreadStates ThreadStates { get; }

    public ThreadImports ThreadImports { get; }

    public WorkflowStates WorkflowStates { get; }

    public MessageSearch MessageSearch { get; }

    public PeerCards PeerCards { get; }

    public Conclusions Conclusions { get; }

    public Pairs Pairs { get; }

    public Representations Representations { get; }

    public Summaries Summaries { get; }

    public Dreams Dreams { get; }

    public Contexts Contexts { get; }

    public Chats Chats { get; }

    public Queues Queues { get; }

    public MessageStates MessageStates { get; }

    public FailedSteps FailedSteps { get; }

    public Announcer Announcer { get; }

    public Deliveries Deliveries { get; }

    public Agents Agents { get; }

    public AgentSessions AgentSessions { get; }

    public Replier Replier { get; }

    public Rebuilds Rebuilds { get; }

    public Erasures Erasures { get; }

    public Edits Edits { get; }

    public Connections Connections { get; }

    public Inbox Inbox { get; }

    public Exports Exports { get; }

    public Imports Imports { get; }

    public EmbeddingModels EmbeddingModels { get; }

    public WorkPlanner Planner { get; }

    public WorkRunner Runner { get; }

    public Unstarted Unstarted { get; }
}
