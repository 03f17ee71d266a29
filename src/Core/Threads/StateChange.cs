using System.Text.Json;

namespace Kith.Core.Threads;

/// <summary>A new state, or members to set in one.</summary>
/// <param name="Data">A JSON object: the whole state, or members to set in it.</param>
public sealed record StateChange(JsonElement Data)
{
    /// <summary>Whether the data are members to set, one level deep, in place of the whole.</summary>
    public bool Merges { get; init; }

    public string? WorkflowName { get; init; }

    public string? SchemaVersion { get; init; }

    /// <summary>Of a state that comes from elsewhere.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    public DateTimeOffset? UpdatedAt { get; init; }

    internal WorkflowState Apply(WorkflowState? current, string workflow, DateTimeOffset now) => new()
    {
        WorkflowName = WorkflowName ?? current?.WorkflowName ?? workflow,
        Data = Merges && current is not null ? FreeJson.Assign(current.Data, Data) : Data,
        // Setting members never resets the version of their schema (spec modelchorus §6, StateManager).
        SchemaVersion = SchemaVersion ?? (Merges ? current?.SchemaVersion : null) ?? WorkflowState.FirstVersion,
        CreatedAt = CreatedAt ?? current?.CreatedAt ?? now,
        UpdatedAt = UpdatedAt ?? now,
        Tag = Ids.New(),
    };
}
