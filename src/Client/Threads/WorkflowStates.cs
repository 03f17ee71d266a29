using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Threads;

/// <summary>What workflows remember under their own names, whatever the thread (ModelChorus's <c>StateManager</c>). <see cref="ConversationMemory.States"/> has them.</summary>
/// <example>
/// <code>
/// await memory.States.SetAsync("chat", new() { ["greeted"] = true });
/// await memory.States.UpdateAsync("chat", new() { ["visits"] = 2 });
/// var state = await memory.States.GetAsync("chat");
/// </code>
/// </example>
public class WorkflowStates
{
    private readonly KithClient _client;

    internal WorkflowStates(KithClient client) => _client = client;

    /// <summary>For tests: states without a server.</summary>
    protected WorkflowStates() => _client = null!;

    private string Path => $"{_client.OwnPath}/states";

    /// <summary>What a workflow remembers; null where that is nothing.</summary>
    /// <param name="workflow">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<ConversationState?> GetAsync(string workflow, CancellationToken cancellationToken = default) => Store(workflow).FindAsync(cancellationToken);

    /// <summary>The same as a type of yours.</summary>
    /// <typeparam name="T">Its shape.</typeparam>
    /// <param name="workflow">Its name.</param>
    /// <param name="type">From a <c>JsonSerializerContext</c>.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, could not be reached, or has a state of another shape.</exception>
    /// <example>
    /// <code>
    /// // TripJson is a JsonSerializerContext with [JsonSerializable(typeof(Trip))].
    /// var trip = await memory.States.GetAsync("chat", TripJson.Default.Trip);
    /// </code>
    /// </example>
    public virtual async Task<T?> GetAsync<T>(string workflow, JsonTypeInfo<T> type, CancellationToken cancellationToken = default) =>
        StateStore.FromData(await GetAsync(workflow, cancellationToken).ConfigureAwait(false), type);

    /// <summary>Replaces what a workflow remembers.</summary>
    /// <param name="workflow">Its name.</param>
    /// <param name="data">All of it: up to 1,000 KiB as JSON.</param>
    /// <param name="schemaVersion">Of the data; null: 1.0 for a new state, and no change otherwise.</param>
    /// <param name="etag">The version that it is based on; <see cref="ConversationState.None"/>: there is none yet; null: whatever is there is replaced.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithStaleException">It is not that version any more.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.States.SetAsync("chat", new() { ["greeted"] = true }, schemaVersion: "2.0", etag: ConversationState.None);
    /// </code>
    /// </example>
    public virtual Task<ConversationState> SetAsync(string workflow, JsonObject data, string? schemaVersion = null, string? etag = null, CancellationToken cancellationToken = default) =>
        Store(workflow).PutAsync(data, schemaVersion, etag, cancellationToken);

    /// <summary>Sets members of what a workflow remembers; the others stay, and so does the version of the schema.</summary>
    /// <param name="workflow">Its name.</param>
    /// <param name="members">What to set.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await memory.States.UpdateAsync("chat", new() { ["visits"] = 2 });
    /// </code>
    /// </example>
    public virtual Task<ConversationState> UpdateAsync(string workflow, JsonObject members, CancellationToken cancellationToken = default) => Store(workflow).MergeAsync(members, cancellationToken);

    /// <summary>Forgets what a workflow remembers.</summary>
    /// <param name="workflow">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>False where there was nothing.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<bool> DeleteAsync(string workflow, CancellationToken cancellationToken = default)
    {
        try
        {
            await _client.Pipeline.SendAsync(Call.Remove(PathOf(workflow)), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (KithNotFoundException)
        {
            return false;
        }
    }

    /// <summary>The workflows that remember something.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get(Path), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.StatesRow).Workflows;
    }

    /// <summary>Forgets what all workflows remember.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How many there were.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<int> ClearAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Delete(Path), cancellationToken).ConfigureAwait(false);
        return reply.Read(ThreadsJson.Default.RemovedRow).Removed;
    }

    internal Task<ConversationState?> ChangeAsync(string workflow, Func<ConversationState?, ConversationState?> change, CancellationToken cancellationToken) => StateStore.UpdateAsync(
        () => GetAsync(workflow, cancellationToken),
        (state, etag) => SetAsync(workflow, state.Data, state.SchemaVersion, etag, cancellationToken),
        change,
        _client is null ? TimeProvider.System : _client.Time,
        cancellationToken);

    private StateStore Store(string workflow) => new(_client.Pipeline, PathOf(workflow));

    private string PathOf(string workflow) => $"{Path}/{Ids.Given(workflow, nameof(workflow))}";
}
