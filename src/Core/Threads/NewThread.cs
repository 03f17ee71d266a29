using System.Text.Json;

namespace Kith.Core.Threads;

/// <summary>A thread to be created.</summary>
/// <param name="WorkflowName">At least one character.</param>
public sealed record NewThread(string WorkflowName)
{
    /// <summary>See <see cref="ThreadIds"/>; a new one when null.</summary>
    public string? Id { get; init; }

    public JsonElement? InitialContext { get; init; }

    public string? ParentThreadId { get; init; }

    /// <summary>A message of the parent; its newest one when null.</summary>
    public string? BranchPoint { get; init; }

    public double? TtlHours { get; init; }

    public int? MaxMessages { get; init; }

    /// <summary>The peers who speak; as in the parent, or called like their roles, when null. In several threads one peer stands for the same person.</summary>
    public string? UserPeer { get; init; }

    public string? AssistantPeer { get; init; }

    public string? SystemPeer { get; init; }
}
