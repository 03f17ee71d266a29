using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Threads;

/// <summary>
/// Conversations of workflows as ModelChorus keeps them, with its methods, in the memory of a workspace: what is said in a thread is learnt like anything else, and a thread
/// is a <see cref="Session"/> of the same id. Kith only.
/// </summary>
/// <example>
/// <code>
/// var memory = new ConversationMemory(kith, ttlHours: 72, maxMessages: 100);
/// var thread = await memory.CreateThreadAsync("chat", new() { ["topic"] = "API design" });
/// await memory.AddMessageAsync(thread.ThreadId, new("user", "Explain async/await"));
/// var history = await memory.BuildConversationHistoryAsync(thread.ThreadId, new() { MaxTurns = 10 });
/// </code>
/// </example>
public class ConversationMemory
{
    private readonly KithClient _client;
    private readonly double? _ttlHours;
    private readonly int? _maxMessages;

    /// <summary>The threads of a workspace.</summary>
    /// <param name="client">The workspace.</param>
    /// <param name="ttlHours">Hours after which threads made here expire; null: as the workspace says, 72.</param>
    /// <param name="maxMessages">How many messages of theirs are shown; null: as the workspace says, 100.</param>
    public ConversationMemory(KithClient client, double? ttlHours = null, int? maxMessages = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        (_client, _ttlHours, _maxMessages) = (client, ttlHours, maxMessages);
    }

    /// <summary>For tests: a memory without a server.</summary>
    protected ConversationMemory() => _client = null!;

    /// <summary>What workflows remember under their own names.</summary>
    public virtual WorkflowStates States => new(_client);

    private string Path => $"{_client.OwnPath}/threads";

    /// <summary>That of a memory without a server is the system's.</summary>
    private TimeProvider Time => _client is null ? TimeProvider.System : _client.Time;

    /// <summary>Makes a thread, or branches one.</summary>
    /// <param name="workflowName">The workflow that makes it: up to 512 characters.</param>
    /// <param name="initialContext">What it begins with.</param>
    /// <param name="parentThreadId">The thread that it branches from, after its newest message.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such parent.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var branch = await memory.CreateThreadAsync("chat", new() { ["exploring"] = "alternative" }, parentThreadId: threadId);
    /// </code>
    /// </example>
    public virtual Task<ConversationThread> CreateThreadAsync(
        string workflowName, JsonObject? initialContext = null, string? parentThreadId = null, CancellationToken cancellationToken = default) =>
        CreateThreadAsync(new NewThread(workflowName) { InitialContext = initialContext, ParentThreadId = parentThreadId }, cancellationToken);

    /// <summary>Makes a thread, or branches one, with all that can be said about it.</summary>
    /// <param name="thread">What to make.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithConflictException">The id is taken.</exception>
    /// <exception cref="KithNotFoundException">There is no such parent.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var named = await memory.CreateThreadAsync(new NewThread("chat") { ThreadId = "support-42", TtlHours = 24 });
    /// </code>
    /// </example>
    public virtual async Task<ConversationThread> CreateThreadAsync(NewThread thread, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(thread);
        var body = thread with { TtlHours = thread.TtlHours ?? _ttlHours, MaxMessages = thread.MaxMessages ?? _maxMessages };
        var reply = await _client.Pipeline.SendAsync(Call.Post(Path, body, ThreadsJson.Default.NewThread), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ConversationThread);
    }

    /// <summary>A thread with its messages and its state.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null where there is none, or it has expired.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<ConversationThread?> GetThreadAsync(string threadId, CancellationToken cancellationToken = default) =>
        FindAsync(async () => (await _client.Pipeline.SendAsync(Call.Get($"{PathOf(threadId)}?include=messages,state"), cancellationToken).ConfigureAwait(false)).Read(ThreadsJson.Default.ConversationThread));

    /// <summary>A thread and those it branched from, the root first, without messages.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="maxDepth">How far back: up to 100.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Empty where there is no such thread. It ends early where a parent is gone.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// foreach (var link in await memory.GetThreadChainAsync(threadId))
    ///     Console.WriteLine($"{link.ThreadId} ({link.MessageCount} messages)");
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<ConversationThread>> GetThreadChainAsync(string threadId, int maxDepth = 20, CancellationToken cancellationToken = default) =>
        await FindAsync(() => ListAsync(new Query($"{PathOf(threadId)}/chain").Add("maxDepth", (int?)maxDepth), cancellationToken)).ConfigureAwait(false) ?? [];

    /// <summary>The branches of a thread.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<IReadOnlyList<ConversationThread>> GetChildrenAsync(string threadId, CancellationToken cancellationToken = default) =>
        ListAsync(new Query($"{PathOf(threadId)}/children"), cancellationToken);

    /// <summary>Other branches from the same point.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<IReadOnlyList<ConversationThread>> GetSiblingsAsync(string threadId, CancellationToken cancellationToken = default) =>
        ListAsync(new Query($"{PathOf(threadId)}/siblings"), cancellationToken);

    /// <summary>Threads without their messages, the newest activity first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await foreach (var thread in memory.ListThreadsAsync(new() { WorkflowName = "chat", Status = ConversationStatus.Active }))
    ///     Console.WriteLine(thread.ThreadId);
    /// </code>
    /// </example>
    public virtual async IAsyncEnumerable<ConversationThread> ListThreadsAsync(ThreadFilter? filter = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var wanted = filter ?? new();
        string? cursor = null;
        do
        {
            var query = new Query(Path)
                .Add("workflow", wanted.WorkflowName)
                .Add("status", wanted.Status is { } status ? Lower(status) : null)
                .Add("parent", wanted.ParentThreadId)
                .Add("limit", (int?)wanted.PageSize)
                .Add("cursor", cursor);
            var reply = await _client.Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false);
            var page = reply.Read(ThreadsJson.Default.ThreadsRow);
            foreach (var thread in page.Threads)
                yield return thread;
            cursor = page.Cursor;
        }
        while (cursor is not null);
    }

    /// <summary>Changes context, workflow or limits of a thread.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="change">What changes; members of the context are set one by one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.UpdateThreadAsync(threadId, new() { InitialContext = new() { ["from_chat"] = "support-42" } });
    /// </code>
    /// </example>
    public virtual async Task<ConversationThread> UpdateThreadAsync(string threadId, ThreadChange change, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        var reply = await _client.Pipeline.SendAsync(Call.Patch(PathOf(threadId), change, ThreadsJson.Default.ThreadChange), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ConversationThread);
    }

    /// <summary>Adds a message to a thread.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="message">What is said.</param>
    /// <param name="createIfMissing">Makes the thread where there is none.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may be stored nevertheless.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.AddMessageAsync(threadId, new("user", "Explain async/await") { Files = ["src/main.cs"], Metadata = new() { ["source"] = "cli" } });
    /// </code>
    /// </example>
    public virtual async Task<ConversationMessage> AddMessageAsync(string threadId, ConversationMessage message, bool createIfMissing = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        var path = new Query($"{PathOf(threadId)}/messages").Add("createIfMissing", createIfMissing ? true : null);
        var reply = await _client.Pipeline.SendAsync(Call.Post(path.ToString(), message, ThreadsJson.Default.ConversationMessage), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ConversationMessage);
    }

    /// <summary>Adds messages to a thread, all or none.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="messages">1 to 100.</param>
    /// <param name="createIfMissing">Makes the thread where there is none.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may be stored nevertheless.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.AddMessagesAsync(threadId, [new("user", "Hello"), new("assistant", "Hi!") { ModelName = "gpt-5" }], createIfMissing: true);
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<ConversationMessage>> AddMessagesAsync(
        string threadId, IEnumerable<ConversationMessage> messages, bool createIfMissing = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var path = new Query($"{PathOf(threadId)}/messages:batch").Add("createIfMissing", createIfMissing ? true : null);
        var call = Call.Post(path.ToString(), new ThreadMessagesRow([.. messages]), ThreadsJson.Default.ThreadMessagesRow);
        var reply = await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ThreadMessagesRow).Messages;
    }

    /// <summary>The messages of a thread, oldest first.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="query">Which; null: all that are shown.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var recent = await memory.GetMessagesAsync(threadId, new() { Limit = 10, IncludeSystem = false });
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<ConversationMessage>> GetMessagesAsync(string threadId, MessageQuery? query = null, CancellationToken cancellationToken = default)
    {
        var path = new Query($"{PathOf(threadId)}/messages")
            .Add("limit", query?.Limit)
            .Add("includeSystem", query is { IncludeSystem: false } ? false : null)
            .Add("role", query?.Role)
            .Add("before", query?.Before)
            .Add("after", query?.After)
            .Add("order", query is { NewestFirst: true } ? "desc" : null);
        var reply = await _client.Pipeline.SendAsync(Call.Get(path.ToString()), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ThreadMessagesRow).Messages;
    }

    /// <summary>The messages of a thread, or null where there is none.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<IReadOnlyList<ConversationMessage>?> ResumeConversationAsync(string threadId, CancellationToken cancellationToken = default) =>
        FindAsync(() => GetMessagesAsync(threadId, cancellationToken: cancellationToken));

    /// <summary>A thread for the next model call, within limits.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="options">As what, and how much; null: all that is shown, as messages.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var history = await memory.BuildConversationHistoryAsync(threadId, new() { MaxTurns = 10, Format = HistoryFormat.Text });
    /// Console.WriteLine(history.Text);
    /// </code>
    /// </example>
    public virtual async Task<ConversationHistory> BuildConversationHistoryAsync(string threadId, HistoryOptions? options = null, CancellationToken cancellationToken = default)
    {
        var wanted = options ?? new();
        var query = new Query($"{PathOf(threadId)}/history")
            .Add("format", wanted.Format == HistoryFormat.Messages ? null : "text")
            .Add("layout", wanted.Format == HistoryFormat.Text ? "seed" : null)
            .Add("maxTurns", wanted.MaxTurns)
            .Add("maxMessages", wanted.MaxMessages)
            .Add("maxTokens", wanted.MaxTokens)
            .Add("includeSystem", wanted.IncludeSystem ? null : false)
            .Add("includeFiles", wanted.IncludeFiles ? null : false)
            .Add("smartCompaction", wanted.SmartCompaction ? null : false)
            .Add("includeParents", wanted.IncludeParents ? true : null);
        var reply = await _client.Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ConversationHistory);
    }

    /// <summary>What a thread holds, in figures.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null where there is none.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// if (await memory.GetContextSummaryAsync(threadId) is { } summary)
    ///     Console.WriteLine($"{summary.MessageCount} messages, about {summary.EstimatedTokens} tokens");
    /// </code>
    /// </example>
    public virtual Task<ContextSummary?> GetContextSummaryAsync(string threadId, CancellationToken cancellationToken = default) =>
        FindAsync(async () => (await _client.Pipeline.SendAsync(Call.Get($"{PathOf(threadId)}/summary"), cancellationToken).ConfigureAwait(false)).Read(ThreadsJson.Default.ContextSummary));

    /// <summary>Marks a thread as completed.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="KithConflictException">It is archived: <see cref="ReopenThreadAsync"/> comes first.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<bool> CompleteThreadAsync(string threadId, CancellationToken cancellationToken = default) => MoveAsync(threadId, "complete", cancellationToken);

    /// <summary>Puts a thread away.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<bool> ArchiveThreadAsync(string threadId, CancellationToken cancellationToken = default) => MoveAsync(threadId, "archive", cancellationToken);

    /// <summary>Makes a thread active again.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there is none.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<bool> ReopenThreadAsync(string threadId, CancellationToken cancellationToken = default) => MoveAsync(threadId, "reopen", cancellationToken);

    /// <summary>Deletes a thread with its messages and what was learnt in it.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="children">What becomes of its branches.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithConflictException">It has branches, and that was to be forbidden.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.DeleteThreadAsync(threadId, ChildrenRule.Forbid);
    /// </code>
    /// </example>
    public virtual Task DeleteThreadAsync(string threadId, ChildrenRule children = ChildrenRule.Orphan, CancellationToken cancellationToken = default) =>
        _client.Pipeline.SendAsync(Call.Remove(new Query(PathOf(threadId)).Add("children", Lower(children)).ToString()), cancellationToken);

    /// <summary>Removes threads to which nothing has happened for some time. Kith does so by itself when their time is over. What was learnt in them stays.</summary>
    /// <param name="maxAgeHours">For how long; null: the time of each thread.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var removed = await memory.CleanupExpiredThreadsAsync(maxAgeHours: 24);
    /// </code>
    /// </example>
    public virtual Task<int> CleanupExpiredThreadsAsync(double? maxAgeHours = null, CancellationToken cancellationToken = default) =>
        CleanupAsync(new Cleanup("expired", MaxAgeHours: maxAgeHours), cancellationToken);

    /// <summary>Removes archived threads. What was learnt in them stays.</summary>
    /// <param name="keepRecentHours">Except those to which something happened within so many hours: 168 is a week.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many were removed.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var removed = await memory.CleanupArchivedThreadsAsync(keepRecentHours: 24);
    /// </code>
    /// </example>
    public virtual Task<int> CleanupArchivedThreadsAsync(double keepRecentHours = 168, CancellationToken cancellationToken = default) =>
        CleanupAsync(new Cleanup("archived", KeepRecentHours: keepRecentHours), cancellationToken);

    /// <summary>The threads of the workspace in figures.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<ThreadStatistics> GetStatisticsAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get($"{Path}:statistics"), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ThreadStatistics);
    }

    /// <summary>Takes over threads of ModelChorus's files, with their ids and times.</summary>
    /// <param name="documents">What the files hold, one document each; the order does not matter. Up to 32 MiB in all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>What was taken over, and what was not and why: one that fails does not stop the others.</returns>
    /// <exception cref="KithTooLargeException">They are larger than that.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var documents = Directory.EnumerateFiles("conversations", "*.json").Select(path => JsonNode.Parse(File.ReadAllText(path))!.AsObject());
    /// var report = await memory.ImportThreadsAsync(documents);
    /// Console.WriteLine($"{report.Imported.Count} threads, {report.Failed.Count} refused");
    /// </code>
    /// </example>
    public virtual async Task<ImportReport> ImportThreadsAsync(IEnumerable<JsonObject> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var body = new JsonArray([.. documents.Select(document => document.DeepClone())]);
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{Path}:import", body, ThreadsJson.Default.JsonArray), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ImportReport);
    }

    /// <summary>What a workflow remembers of a thread; null where that is nothing.</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<ConversationState?> GetStateAsync(string threadId, CancellationToken cancellationToken = default) => Store(threadId).FindAsync(cancellationToken);

    /// <summary>The same as a type of yours.</summary>
    /// <typeparam name="T">Its shape.</typeparam>
    /// <param name="threadId">The thread.</param>
    /// <param name="type">From a <c>JsonSerializerContext</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, could not be reached, or has a state of another shape.</exception>
    /// <example>
    /// <code>
    /// // TripJson is a JsonSerializerContext with [JsonSerializable(typeof(Trip))].
    /// var trip = await memory.GetStateAsync(threadId, TripJson.Default.Trip);
    /// </code>
    /// </example>
    public virtual async Task<T?> GetStateAsync<T>(string threadId, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        StateStore.FromData(await GetStateAsync(threadId, cancellationToken).ConfigureAwait(false), type);

    /// <summary>Replaces what a workflow remembers of a thread.</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="data">All of it: up to 1,000 KiB as JSON.</param>
    /// <param name="schemaVersion">Of the data; null: 1.0 for a new state, and no change otherwise.</param>
    /// <param name="etag">The version that it is based on; <see cref="ConversationState.None"/>: there is none yet; null: whatever is there is replaced.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithStaleException">It is not that version any more.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// if (await memory.GetStateAsync(threadId) is { } state)
    ///     await memory.SetStateAsync(threadId, new() { ["step"] = 2 }, etag: state.ETag);
    /// </code>
    /// </example>
    public virtual Task<ConversationState> SetStateAsync(string threadId, JsonObject data, string? schemaVersion = null, string? etag = null, CancellationToken cancellationToken = default) =>
        Store(threadId).PutAsync(data, schemaVersion, etag, cancellationToken);

    /// <summary>The same from a type of yours.</summary>
    /// <typeparam name="T">Its shape, an object.</typeparam>
    /// <param name="threadId">The thread.</param>
    /// <param name="data">All of it: up to 1,000 KiB as JSON.</param>
    /// <param name="type">From a <c>JsonSerializerContext</c>.</param>
    /// <param name="schemaVersion">Of the data; null: 1.0 for a new state, and no change otherwise.</param>
    /// <param name="etag">The version that it is based on; <see cref="ConversationState.None"/>: there is none yet; null: whatever is there is replaced.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithStaleException">It is not that version any more.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.SetStateAsync(threadId, new Trip("Rome", 3), TripJson.Default.Trip, etag: ConversationState.None);
    /// </code>
    /// </example>
    public virtual Task<ConversationState> SetStateAsync<T>(
        string threadId, T data, JsonTypeInfo<T> type, string? schemaVersion = null, string? etag = null, CancellationToken cancellationToken = default) =>
        SetStateAsync(threadId, StateStore.ToData(data, type), schemaVersion, etag, cancellationToken);

    /// <summary>Reads what a workflow remembers of a thread, changes and writes it. When somebody else writes in between, theirs is changed: no change is lost.</summary>
    /// <typeparam name="T">Its shape, an object.</typeparam>
    /// <param name="threadId">The thread.</param>
    /// <param name="change">Makes the new state of the old one, which is null where there is none; called once more each time that somebody else was first.</param>
    /// <param name="type">From a <c>JsonSerializerContext</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such thread.</exception>
    /// <exception cref="KithStaleException">Somebody else was faster, 21 times.</exception>
    /// <exception cref="KithException">The server refused, failed, could not be reached, or has a state of another shape.</exception>
    /// <example>
    /// <code>
    /// await memory.UpdateStateAsync(threadId, trip => trip is null ? new Trip("Rome", 1) : trip with { Days = trip.Days + 1 }, TripJson.Default.Trip);
    /// </code>
    /// </example>
    public virtual async Task<ConversationState> UpdateStateAsync<T>(string threadId, Func<T?, T> change, JsonTypeInfo<T> type, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(change);
        return (await ChangeStateAsync(
            threadId,
            state => new(state?.WorkflowName!, StateStore.ToData(change(StateStore.FromData(state, type)), type), state?.SchemaVersion!),
            cancellationToken).ConfigureAwait(false))!;
    }

    internal Task<ConversationState?> ChangeStateAsync(string threadId, Func<ConversationState?, ConversationState?> change, CancellationToken cancellationToken) => StateStore.UpdateAsync(
        () => GetStateAsync(threadId, cancellationToken),
        (state, etag) => SetStateAsync(threadId, state.Data, state.SchemaVersion, etag, cancellationToken),
        change,
        Time,
        cancellationToken);

    private static async Task<T?> FindAsync<T>(Func<Task<T>> read)
        where T : class
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (Exception missing) when (missing is KithNotFoundException or KithExpiredException)
        {
            return null;
        }
    }

    private async Task<IReadOnlyList<ConversationThread>> ListAsync(Query query, CancellationToken cancellationToken)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.ThreadsRow).Threads;
    }

    private async Task<bool> MoveAsync(string threadId, string where, CancellationToken cancellationToken) =>
        await FindAsync(() => _client.Pipeline.SendAsync(Call.Post($"{PathOf(threadId)}/{where}"), cancellationToken)).ConfigureAwait(false) is not null;

    private async Task<int> CleanupAsync(Cleanup cleanup, CancellationToken cancellationToken)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{Path}:cleanup", cleanup, ThreadsJson.Default.Cleanup), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.RemovedRow).Removed;
    }

    private StateStore Store(string threadId) => new(_client.Pipeline, $"{PathOf(threadId)}/state");

    private string PathOf(string threadId) => $"{Path}/{Ids.Given(threadId, nameof(threadId))}";

    private static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
