using System.Text.Json.Nodes;

namespace Kith.Client.Threads;

/// <summary>
/// Brings what a workflow remembers from older versions of its schema to the newest one, step by step. Kith keeps states and their versions; what a version means, only
/// their workflow knows.
/// </summary>
/// <example>
/// <code>
/// var migrator = new StateMigrator().AddMigration("1.0", "2.0", data => { data["confidence"] ??= "exploring"; return data; });
/// var state = await migrator.ReadAsync(memory, threadId);
/// </code>
/// </example>
public sealed class StateMigrator
{
    private readonly Dictionary<string, Step> _steps = [];

    /// <summary>Adds a step. There is one from each version at most, and none leads back to a version that it came from.</summary>
    /// <param name="from">The version that it takes.</param>
    /// <param name="to">The version that it makes of it.</param>
    /// <param name="transform">Gets a copy of the data, which it may change and return.</param>
    /// <exception cref="ArgumentException">There is a step from that version already, or the steps would go round in a circle.</exception>
    public StateMigrator AddMigration(string from, string to, Func<JsonObject, JsonObject> transform)
    {
        ArgumentException.ThrowIfNullOrEmpty(from);
        ArgumentException.ThrowIfNullOrEmpty(to);
        ArgumentNullException.ThrowIfNull(transform);
        for (var version = to; ; version = _steps[version].To)
        {
            if (version == from)
                throw new ArgumentException($"The migrations from {from} lead back to it.", nameof(to));
            if (!_steps.ContainsKey(version))
                break;
        }

        if (!_steps.TryAdd(from, new Step(to, transform)))
            throw new ArgumentException($"There is a migration from {from} already.", nameof(from));
        return this;
    }

    /// <summary>The state as the last step leaves it; the same one when no step takes its version.</summary>
    /// <param name="state">The state; it stays as it is.</param>
    public ConversationState Migrate(ConversationState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var (data, version) = (state.Data, state.SchemaVersion);
        while (_steps.TryGetValue(version, out var step))
            (data, version) = (step.Transform(data.DeepClone().AsObject()), step.To);
        return version == state.SchemaVersion ? state : state with { Data = data, SchemaVersion = version };
    }

    /// <summary>
    /// Reads the state of a thread, migrates it and writes it back where it was not the newest version. When somebody else changes it in the meantime, their state is read
    /// and migrated instead: no change is lost, and no step is applied twice.
    /// </summary>
    /// <param name="memory">Where the thread is.</param>
    /// <param name="threadId">The thread.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null where there is no state.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public Task<ConversationState?> ReadAsync(ConversationMemory memory, string threadId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(memory);
        return memory.ChangeStateAsync(threadId, Change, cancellationToken);
    }

    /// <summary>The same with the state of a workflow.</summary>
    /// <param name="states">Where the workflow is.</param>
    /// <param name="workflow">Its name.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null where there is no state.</returns>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public Task<ConversationState?> ReadAsync(WorkflowStates states, string workflow, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(states);
        return states.ChangeAsync(workflow, Change, cancellationToken);
    }

    /// <summary>Null where there is nothing to change.</summary>
    private ConversationState? Change(ConversationState? state) =>
        state is not null && Migrate(state) is var migrated && migrated.SchemaVersion != state.SchemaVersion ? migrated : null;

    private sealed record Step(string To, Func<JsonObject, JsonObject> Transform);
}
