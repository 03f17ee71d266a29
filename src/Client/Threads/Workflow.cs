using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Kith.Client.Threads;

/// <summary>
/// A workflow over several turns (ModelChorus's <c>BaseWorkflow</c>): each run continues a thread, or begins one, and finds what it remembered. Derive from it, say what it
/// does in <see cref="ExecuteAsync"/>, and call <see cref="RunAsync"/>.
/// </summary>
/// <typeparam name="TState">What it remembers between runs: an object.</typeparam>
/// <example>
/// <code>
/// var first = await workflow.RunAsync("Analyze code quality", files: ["src/main.cs"]);
/// var second = await workflow.RunAsync("Check for security issues", continuationId: first.ThreadId, files: ["src/auth.cs"]);
/// </code>
/// </example>
public abstract class Workflow<TState>
    where TState : class
{
    private const string FirstVersion = "1.0";

    private readonly JsonTypeInfo<TState> _stateType;

    /// <summary>Sets it up.</summary>
    /// <param name="name">Its name, by which threads and states are found.</param>
    /// <param name="memory">Where its threads are.</param>
    /// <param name="stateType">From a <c>JsonSerializerContext</c>.</param>
    protected Workflow(string name, ConversationMemory memory, JsonTypeInfo<TState> stateType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(memory);
        ArgumentNullException.ThrowIfNull(stateType);
        (Name, Memory, _stateType) = (name, memory, stateType);
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>What it is for.</summary>
    public virtual string Description => Name;

    /// <summary>Where its threads are.</summary>
    protected ConversationMemory Memory { get; }

    /// <summary>The version of <typeparamref name="TState"/>.</summary>
    protected virtual string SchemaVersion => FirstVersion;

    /// <summary>Brings states of older versions to this one; null where there are none.</summary>
    protected virtual StateMigrator? Migrator => null;

    /// <summary>How much of the thread <see cref="WorkflowTurn{TState}.History"/> holds.</summary>
    protected virtual HistoryOptions History { get; } = new() { Format = HistoryFormat.Text, MaxTurns = 10 };

    /// <summary>
    /// Runs it once: the prompt is stored, the work done, the state written and the answer stored. When two runs of a thread happen at the same time, the state of the one
    /// that ends later is refused; its answer is among the thread's messages nevertheless.
    /// </summary>
    /// <param name="prompt">What the user asks; not blank.</param>
    /// <param name="continuationId">The thread to go on with; null begins one.</param>
    /// <param name="files">Paths of files that it is about.</param>
    /// <param name="cancellationToken">Stops the run. The prompt may be stored then.</param>
    /// <exception cref="KithNotFoundException">There is no such thread, or it has expired.</exception>
    /// <exception cref="KithStaleException">Another run of the thread wrote its state in the meantime. The answer is stored, the state is not.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public async Task<WorkflowResult> RunAsync(string prompt, string? continuationId = null, IReadOnlyList<string>? files = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(prompt);
        IReadOnlyList<string> named = files ?? [];
        var thread = await OpenAsync(continuationId, named, cancellationToken).ConfigureAwait(false);
        var stored = await ReadStateAsync(thread.ThreadId, cancellationToken).ConfigureAwait(false);
        var state = StateStore.FromData(stored, _stateType) ?? CreateState();

        await Memory.AddMessageAsync(thread.ThreadId, new(ConversationMessage.User, prompt) { Files = named, Metadata = DescribeMessage(state) }, cancellationToken: cancellationToken).ConfigureAwait(false);
        var history = await Memory.BuildConversationHistoryAsync(thread.ThreadId, History, cancellationToken).ConfigureAwait(false);
        var result = await ExecuteAsync(new(thread, prompt, named, history.Text ?? "", state), cancellationToken).ConfigureAwait(false);

        var answer = new ConversationMessage(ConversationMessage.Assistant, result.Synthesis)
        {
            WorkflowName = Name,
            ModelProvider = result.ModelProvider,
            ModelName = result.ModelName,
            Metadata = result.MessageMetadata,
        };
        try
        {
            await Memory.SetStateAsync(thread.ThreadId, state, _stateType, SchemaVersion, stored?.ETag ?? ConversationState.None, cancellationToken).ConfigureAwait(false);
        }
        catch (KithStaleException)
        {
            // The work is done and paid for: whoever goes on with the thread finds it.
            await Memory.AddMessageAsync(thread.ThreadId, answer, cancellationToken: cancellationToken).ConfigureAwait(false);
            throw;
        }

        await Memory.AddMessageAsync(thread.ThreadId, answer, cancellationToken: cancellationToken).ConfigureAwait(false);
        return result with { ThreadId = thread.ThreadId, IsContinuation = continuationId is not null };
    }

    /// <summary>A thread of it with messages; null where there is none.</summary>
    /// <param name="threadId">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public Task<ConversationThread?> GetThreadAsync(string threadId, CancellationToken cancellationToken = default) => Memory.GetThreadAsync(threadId, cancellationToken);

    /// <summary>What it remembers of a thread; null where that is nothing.</summary>
    /// <param name="threadId">The thread.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, could not be reached, or has a state of another shape.</exception>
    public async Task<TState?> GetStateAsync(string threadId, CancellationToken cancellationToken = default) =>
        StateStore.FromData(await ReadStateAsync(threadId, cancellationToken).ConfigureAwait(false), _stateType);

    /// <summary>What it remembers at first.</summary>
    protected abstract TState CreateState();

    /// <summary>Does the work.</summary>
    /// <param name="turn">What there is to work on; its state may be changed.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    protected abstract Task<WorkflowResult> ExecuteAsync(WorkflowTurn<TState> turn, CancellationToken cancellationToken);

    /// <summary>What the stored prompt gets with it.</summary>
    /// <param name="state">What is remembered before the run.</param>
    protected virtual JsonObject? DescribeMessage(TState state) => null;

    private async Task<ConversationThread> OpenAsync(string? continuationId, IReadOnlyList<string> files, CancellationToken cancellationToken)
    {
        if (continuationId is not null)
            return await Memory.GetThreadAsync(continuationId, cancellationToken).ConfigureAwait(false) ?? throw new KithNotFoundException($"Thread {continuationId} not found");
        var context = new JsonObject { ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]) };
        return await Memory.CreateThreadAsync(Name, context, cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private Task<ConversationState?> ReadStateAsync(string threadId, CancellationToken cancellationToken) =>
        Migrator?.ReadAsync(Memory, threadId, cancellationToken) ?? Memory.GetStateAsync(threadId, cancellationToken);
}
