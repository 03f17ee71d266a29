using System.Text.Json.Nodes;
using Kith.Client.Administration;
using Kith.Client.Agents;
using Kith.Client.Models;
using Kith.Client.Threads;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client;

/// <summary>
/// A workspace on a Kith or Honcho v3 server: the way to its peers, sessions and what is known. Thread-safe, and cheap: make one per workspace and keep it. For tests
/// without a server, derive from it and from what it returns: everything that talks to the server is virtual.
/// </summary>
/// <example>
/// <code>
/// var kith = new KithClient();
/// var (alice, assistant) = (kith.Peer("alice"), kith.Peer("assistant"));
/// var session = kith.Session("conversation-1");
/// await session.AddMessagesAsync([alice.Message("What's the weather like today?"), assistant.Message("It's sunny and 75°F outside!")]);
/// Console.WriteLine(await alice.ChatAsync("What did the assistant tell this user about the weather?"));
/// </code>
/// </example>
public class KithClient
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50), LongestPause = TimeSpan.FromSeconds(1);

    // One pool of connections for all clients that bring none, as HttpClient wants to be used.
    private static readonly Lazy<HttpClient> Shared = new(() => new HttpClient(new SocketsHttpHandler
    {
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        // A key in a header of its own would go wherever a redirect points.
        AllowAutoRedirect = false,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
    });

    private readonly KithClientOptions _options;

    /// <summary>With what the environment says, see <see cref="KithClientOptions.FromEnvironment()"/>; without that, the workspace <c>default</c> on this machine.</summary>
    public KithClient()
        : this(KithClientOptions.FromEnvironment())
    {
    }

    /// <summary>Of a workspace, with what the environment says otherwise.</summary>
    /// <param name="workspaceId">1 to 512 letters, digits, <c>-</c> and <c>_</c>.</param>
    public KithClient(string workspaceId)
        : this(KithClientOptions.FromEnvironment() with { WorkspaceId = workspaceId })
    {
    }

    /// <summary>With these options.</summary>
    /// <param name="options">Workspace, address, key and more.</param>
    public KithClient(KithClientOptions options)
        : this(Shared.Value, options)
    {
    }

    /// <summary>Over connections of your own: with handlers, certificates or a factory behind it. Its timeout applies too. Turn redirects off in its handler: a key can be in a header that follows them.</summary>
    /// <param name="http">Sends the requests. Its <see cref="HttpClient.BaseAddress"/> is used where the options name none.</param>
    /// <param name="options">Null: what the environment says.</param>
    public KithClient(HttpClient http, KithClientOptions? options = null)
        : this(new Pipeline(http ?? throw new ArgumentNullException(nameof(http)), options ??= KithClientOptions.FromEnvironment()), options)
    {
    }

    private KithClient(Pipeline pipeline, KithClientOptions options)
    {
        _options = options;
        Pipeline = pipeline;
        Path = $"v3/workspaces/{Ids.Name(options.WorkspaceId, nameof(options))}";
    }

    /// <summary>The workspace.</summary>
    public virtual string WorkspaceId => _options.WorkspaceId;

    /// <summary>All that is known in the workspace, whoever knows it.</summary>
    public virtual Conclusions Conclusions => new(this);

    /// <summary>Where events go.</summary>
    public virtual Webhooks Webhooks => new(this);

    /// <summary>Conversations of workflows, as ModelChorus keeps them. Kith only.</summary>
    public virtual ConversationMemory Threads => new(this);

    /// <summary>Sessions with agents, as ElizaOS serves them.</summary>
    public virtual AgentSessions AgentSessions => new(this);

    /// <summary>Takes things away for good, and proves it. Kith only.</summary>
    public virtual Erasures Erasures => new(this);

    /// <summary>Takes the workspace out of Kith, and into it. Kith only.</summary>
    public virtual Transfers Transfers => new(this);

    /// <summary>Keys of the workspace. Kith only.</summary>
    public virtual ApiKeys Keys => new(this);

    /// <summary>Background work that was given up. Kith only.</summary>
    public virtual FailedSteps FailedSteps => new(this);

    /// <summary>What is still to be learnt, and what became of each message. Kith only.</summary>
    public virtual BackgroundWork Work => new(this);

    /// <summary>Makes what is derived from messages anew. Kith only.</summary>
    public virtual Rebuilds Rebuilds => new(this);

    /// <summary>Who answers for the agents of the workspace. Kith only.</summary>
    public virtual AgentRegistry Agents => new(this);

    internal Pipeline Pipeline { get; }

    internal string? ApiKey => _options.ApiKey;

    /// <summary>Of Honcho's routes, without a slash at the end.</summary>
    internal string Path { get; }

    /// <summary>Of Kith's own routes.</summary>
    internal string OwnPath => $"v1/workspaces/{WorkspaceId}";

    internal TimeProvider Time => _options.Time;

    /// <summary>Another workspace of the same server, over the same connections and with the same key.</summary>
    /// <param name="id">1 to 512 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <example>
    /// <code>
    /// var staging = kith.Workspace("my-app-staging");
    /// </code>
    /// </example>
    public virtual KithClient Workspace(string id) => new(Pipeline, _options with { WorkspaceId = id });

    /// <summary>A peer. Nothing is requested: it comes to be with the first message, question or setting.</summary>
    /// <param name="id">1 to 512 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public virtual Peer Peer(string id) => new(this, Ids.Name(id, nameof(id)));

    /// <summary>A session. Nothing is requested: it comes to be with the first message, member or setting.</summary>
    /// <param name="id">1 to 512 letters, digits, <c>-</c> and <c>_</c>; those of threads may have <c>.</c> and <c>:</c> as well.</param>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public virtual Session Session(string id) => new(this, Ids.Session(id, nameof(id)));

    /// <summary>A scope: a named set of sessions, as a boundary of what is recalled. Nothing is requested; <see cref="CreateScopeAsync"/> makes it.</summary>
    /// <param name="id">1 to 506 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <exception cref="ArgumentException">The id is not one.</exception>
    public virtual Scope Scope(string id) => new(this, Ids.Name(id, nameof(id)));

    /// <summary>Gets or creates a peer now. What is given replaces what an existing one has.</summary>
    /// <param name="id">1 to 512 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="metadata">Up to 100 members, nested up to 5 levels; null leaves them alone.</param>
    /// <param name="configuration">Null leaves it alone.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var bot = await kith.CreatePeerAsync("bot", metadata: new() { ["team"] = "support" }, configuration: new() { ObserveMe = false });
    /// </code>
    /// </example>
    public virtual async Task<Peer> CreatePeerAsync(string id, JsonObject? metadata = null, PeerConfiguration? configuration = null, CancellationToken cancellationToken = default)
    {
        var call = Call.Post($"{Path}/peers", new PeerCreate(Ids.Name(id, nameof(id)), metadata, configuration), HonchoJson.Default.PeerCreate);
        var reply = await Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return new Peer(this, reply.Read(HonchoJson.Default.PeerRow));
    }

    /// <summary>Gets or creates a session now. Metadata replaces what an existing one has; configuration is merged into it by its sections; members are added.</summary>
    /// <param name="id">1 to 512 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="metadata">Up to 100 members, nested up to 5 levels; null leaves them alone.</param>
    /// <param name="configuration">Null leaves it alone.</param>
    /// <param name="members">Peers to add; those that do not exist are created.</param>
    /// <param name="scopes">Scopes that it belongs to, up to 100; those that do not exist are created.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var meeting = await kith.CreateSessionAsync("meeting-1", configuration: new() { Summary = new() { MessagesPerShortSummary = 10 } });
    /// </code>
    /// </example>
    public virtual async Task<Session> CreateSessionAsync(
        string id,
        JsonObject? metadata = null,
        MemoryConfiguration? configuration = null,
        IEnumerable<SessionMember>? members = null,
        IReadOnlyList<string>? scopes = null,
        CancellationToken cancellationToken = default)
    {
        var body = new SessionCreate(Ids.Session(id, nameof(id)), metadata, configuration, members is null ? null : Client.Session.Map(members), scopes);
        var reply = await Pipeline.SendAsync(Call.Post($"{Path}/sessions", body, HonchoJson.Default.SessionCreate), cancellationToken).ConfigureAwait(false);
        return new Session(this, reply.Read(HonchoJson.Default.SessionRow));
    }

    /// <summary>Gets or creates a scope. An existing one stays as it is.</summary>
    /// <param name="id">1 to 506 letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="metadata">Of a new one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var work = await kith.CreateScopeAsync("work", new() { ["owner"] = "alice" });
    /// </code>
    /// </example>
    public virtual async Task<Scope> CreateScopeAsync(string id, JsonObject? metadata = null, CancellationToken cancellationToken = default)
    {
        var call = Call.Post($"{Path}/scopes", new Naming(Ids.Name(id, nameof(id)), metadata), HonchoJson.Default.Naming);
        var reply = await Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return new Scope(this, reply.Read(HonchoJson.Default.ScopeRow));
    }

    /// <summary>The peers of the workspace, the oldest first.</summary>
    /// <param name="options">Which, and how many at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var peer in kith.GetPeersAsync(Filter.Metadata("team").Is("support")))
    ///     Console.WriteLine(peer);
    /// </code>
    /// </example>
    public virtual Paged<Peer> GetPeersAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Pipeline.List(HttpMethod.Post, $"{Path}/peers/list", options, HonchoJson.Default.PeerPage, row => new Peer(this, row), cancellationToken);

    /// <summary>The active sessions of the workspace, the oldest first.</summary>
    /// <param name="options">Which, and how many at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var session in kith.GetSessionsAsync(new() { Reverse = true, PageSize = 10 }))
    ///     Console.WriteLine($"{session}: {session.CreatedAt}");
    /// </code>
    /// </example>
    public virtual Paged<Session> GetSessionsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Pipeline.List(HttpMethod.Post, $"{Path}/sessions/list", options, HonchoJson.Default.SessionPage, row => new Session(this, row), cancellationToken);

    /// <summary>The scopes of the workspace, the oldest first. They cannot be filtered.</summary>
    /// <param name="options">How many at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<Scope> GetScopesAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Pipeline.List(HttpMethod.Post, $"{Path}/scopes/list", options, HonchoJson.Default.ScopePage, row => new Scope(this, row), cancellationToken);

    /// <summary>The ids of all workspaces of the server, for those who may see them: with a server's own key, or where none is asked for.</summary>
    /// <param name="options">Which, and how many at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<string> GetWorkspacesAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        Pipeline.List(HttpMethod.Post, "v3/workspaces/list", options, HonchoJson.Default.WorkspacePage, row => row.Id, cancellationToken);

    /// <summary>The messages of the workspace that fit a query best, by words and by meaning.</summary>
    /// <param name="query">What to look for: up to 8,192 tokens.</param>
    /// <param name="options">Where, and how many: 10 unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// foreach (var message in await kith.SearchAsync("budget", new() { Filter = Filter.PeerId.Is("alice"), Limit = 5 }))
    ///     Console.WriteLine($"{message.SessionId}: {message.Content}");
    /// </code>
    /// </example>
    public virtual Task<IReadOnlyList<Message>> SearchAsync(string query, SearchOptions? options = null, CancellationToken cancellationToken = default) =>
        SearchAsync($"{Path}/search", query, options, cancellationToken);

    /// <summary>Asks the memory of the whole workspace. Honcho's server knows this since 3.1.</summary>
    /// <param name="query">The question: 1 to 10,000 characters.</param>
    /// <param name="options">What it is about. A target has no meaning here.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such workspace or session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var answer = await kith.ChatAsync("What do people complain about?", new() { ReasoningLevel = ReasoningLevel.High });
    /// </code>
    /// </example>
    public virtual Task<ChatAnswer> ChatAsync(string query, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Chats.AskAsync(Pipeline, $"{Path}/chat", Chat.Of(query, options), cancellationToken);

    /// <summary>As <see cref="ChatAsync"/>, word by word.</summary>
    /// <param name="query">The question: 1 to 10,000 characters.</param>
    /// <param name="options">What it is about.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await foreach (var part in kith.ChatStreamingAsync("What do people complain about?"))
    ///     Console.Write(part);
    /// </code>
    /// </example>
    public virtual IAsyncEnumerable<ChatPart> ChatStreamingAsync(string query, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Chats.StreamAsync(Pipeline, $"{Path}/chat", Chat.Of(query, options, stream: true), cancellationToken);

    /// <summary>The metadata of the workspace, which is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<JsonObject> GetMetadataAsync(CancellationToken cancellationToken = default) =>
        (await CreateAsync(cancellationToken).ConfigureAwait(false)).Metadata ?? [];

    /// <summary>Replaces the metadata of the workspace.</summary>
    /// <param name="metadata">Up to 100 members, nested up to 5 levels.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var metadata = await kith.GetMetadataAsync();
    /// metadata["tier"] = "gold";
    /// await kith.SetMetadataAsync(metadata);
    /// </code>
    /// </example>
    public virtual Task SetMetadataAsync(JsonObject metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return Pipeline.SendAsync(Call.Put(Path, new ConfiguredUpdate(Metadata: metadata), HonchoJson.Default.ConfiguredUpdate), cancellationToken);
    }

    /// <summary>How memory is formed in the workspace, which is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<MemoryConfiguration> GetConfigurationAsync(CancellationToken cancellationToken = default) =>
        (await CreateAsync(cancellationToken).ConfigureAwait(false)).Configuration ?? new();

    /// <summary>Changes how memory is formed in the workspace. A section that is given replaces that section; the others stay.</summary>
    /// <param name="configuration">The sections to replace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await kith.SetConfigurationAsync(new() { Reasoning = new() { CustomInstructions = "Look for food" } });
    /// </code>
    /// </example>
    public virtual Task SetConfigurationAsync(MemoryConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Pipeline.SendAsync(Call.Put(Path, new ConfiguredUpdate(Configuration: configuration), HonchoJson.Default.ConfiguredUpdate), cancellationToken);
    }

    /// <summary>What holds in the workspace. Kith only.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<WorkspaceSettings> GetSettingsAsync(CancellationToken cancellationToken = default)
    {
        var reply = await Pipeline.SendAsync(Call.Get($"{OwnPath}/settings"), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.WorkspaceSettings);
    }

    /// <summary>Replaces what holds in the workspace. Kith only.</summary>
    /// <param name="settings">All of it: what is null gets its default.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var settings = await kith.GetSettingsAsync();
    /// await kith.SetSettingsAsync(settings with { TtlHours = 24 });
    /// </code>
    /// </example>
    public virtual async Task<WorkspaceSettings> SetSettingsAsync(WorkspaceSettings settings, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var reply = await Pipeline.SendAsync(Call.Put($"{OwnPath}/settings", settings, ThreadsJson.Default.WorkspaceSettings), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.WorkspaceSettings);
    }

    /// <summary>Calls to models and their tokens, by day, purpose and model. Kith only.</summary>
    /// <param name="from">The first day, UTC; null: 30 days up to the last.</param>
    /// <param name="to">The last day, UTC; null: today.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var usage = await kith.GetUsageAsync(new DateOnly(2026, 5, 1), new DateOnly(2026, 5, 31));
    /// Console.WriteLine($"{usage.Total.Calls} calls");
    /// </code>
    /// </example>
    public virtual async Task<Usage> GetUsageAsync(DateOnly? from = null, DateOnly? to = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{OwnPath}/usage").Add("from", Midnight(from)).Add("to", Midnight(to));
        return (await Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.Usage);

        static DateTimeOffset? Midnight(DateOnly? day) => day is { } given ? new DateTimeOffset(given, TimeOnly.MinValue, TimeSpan.Zero) : null;
    }

    /// <summary>Deletes the workspace with all that is in it, in the background. Its sessions have to be deleted first.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithConflictException">It has active sessions.</exception>
    /// <exception cref="KithNotFoundException">There is no such workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task DeleteAsync(CancellationToken cancellationToken = default) => Pipeline.SendAsync(Call.Remove(Path), cancellationToken);

    /// <summary>How far background work is: what was said is learnt some time after it was sent.</summary>
    /// <param name="observer">Only what this peer learns.</param>
    /// <param name="sender">Only what is learnt of this peer's messages.</param>
    /// <param name="session">Only of this session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var status = await kith.GetQueueStatusAsync(sender: alice);
    /// Console.WriteLine($"{status.PendingWorkUnits} units wait");
    /// </code>
    /// </example>
    public virtual async Task<QueueStatus> GetQueueStatusAsync(PeerId? observer = null, PeerId? sender = null, SessionId? session = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{Path}/queue/status").Add("observer_id", observer?.Value).Add("sender_id", sender?.Value).Add("session_id", session?.Value);
        var reply = await Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.QueueStatus);
    }

    /// <summary>
    /// Waits until everything that was said has been learnt. For tests and imports: an application that answers people does not wait, it takes what is known.
    /// </summary>
    /// <param name="session">Only of this session.</param>
    /// <param name="timeout">How long at most: 5 minutes unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithTimeoutException">There is still work.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await kith.WaitUntilIdleAsync(session, TimeSpan.FromMinutes(1));
    /// </code>
    /// </example>
    public virtual Task WaitUntilIdleAsync(SessionId? session = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        WaitAsync(() => GetQueueStatusAsync(session: session, cancellationToken: cancellationToken), status => status.IsIdle, "Background work", timeout, cancellationToken);

    /// <summary>Asks for a consolidation of what a peer knows: repeats are merged, patterns found, the card renewed. It happens in the background.</summary>
    /// <param name="observer">Who knows it.</param>
    /// <param name="observed">Whom it is about; null: the observer itself.</param>
    /// <param name="session">Only of this session.</param>
    /// <param name="onlyCard">Renews the card and nothing else.</param>
    /// <param name="rebuild">Begins from everything that is known, not from what is new.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await kith.ScheduleDreamAsync(assistant, observed: alice, onlyCard: true);
    /// </code>
    /// </example>
    public virtual Task ScheduleDreamAsync(
        PeerId observer, PeerId? observed = null, SessionId? session = null, bool onlyCard = false, bool rebuild = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(observer);
        var body = new DreamSchedule(observer.Value, observed?.Value, onlyCard ? "card_refresh" : "omni", session?.Value, rebuild ? true : null);
        return OrCreateAsync(
            () => Pipeline.SendAsync(Call.Post($"{Path}/schedule_dream", body, HonchoJson.Default.DreamSchedule), cancellationToken),
            () => CreateAsync(cancellationToken));
    }

    /// <summary>Makes a key for this workspace, or for less. It takes a server's own key, on a server that asks for keys.</summary>
    /// <param name="peer">Only for this peer.</param>
    /// <param name="session">Only for this session.</param>
    /// <param name="expiresAt">Until when; null: for good.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var key = await kith.CreateKeyAsync(peer: alice, expiresAt: DateTimeOffset.UtcNow.AddDays(30));
    /// </code>
    /// </example>
    public virtual async Task<string> CreateKeyAsync(PeerId? peer = null, SessionId? session = null, DateTimeOffset? expiresAt = null, CancellationToken cancellationToken = default)
    {
        var query = new Query("v3/keys").Add("workspace_id", WorkspaceId).Add("peer_id", peer?.Value).Add("session_id", session?.Value).Add("expires_at", expiresAt);
        var reply = await Pipeline.SendAsync(Call.Post(query.ToString()), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.KeyRow).Key;
    }

    /// <summary>Looks again and again, less and less often, until what it sees is what is waited for.</summary>
    internal async Task<T> WaitAsync<T>(Func<Task<T>> look, Predicate<T> isOver, string what, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var (patience, pause, begun) = (timeout ?? TimeSpan.FromMinutes(5), FirstPause, Time.GetTimestamp());
        while (true)
        {
            var seen = await look().ConfigureAwait(false);
            if (isOver(seen))
                return seen;
            if (patience != Timeout.InfiniteTimeSpan && Time.GetElapsedTime(begun) > patience)
                throw new KithTimeoutException($"{what} is not over after {patience.TotalSeconds:0.###} seconds.");
            await Task.Delay(pause, Time, cancellationToken).ConfigureAwait(false);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    /// <summary>What takes an existing thing is tried first, and again when it was missing and has been created: nothing is asked for twice that is there.</summary>
    internal static async Task<T> OrCreateAsync<T>(Func<Task<T>> call, Func<Task> create)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (KithNotFoundException)
        {
            await create().ConfigureAwait(false);
            return await call().ConfigureAwait(false);
        }
    }

    internal async Task<IReadOnlyList<Message>> SearchAsync(string path, string query, SearchOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var body = new Search(query, options?.Filter?.ToJson(), options?.Limit, options?.Scope, options is { IncludeScores: true } ? true : null);
        var reply = await Pipeline.SendAsync(Call.Post(path, body, HonchoJson.Default.Search), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Messages);
    }

    internal async Task<WorkspaceRow> CreateAsync(CancellationToken cancellationToken)
    {
        var reply = await Pipeline.SendAsync(Call.Post("v3/workspaces", new WorkspaceCreate(WorkspaceId), HonchoJson.Default.WorkspaceCreate), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.WorkspaceRow);
    }
}
