using System.Text.Json.Nodes;

namespace Kith.Client.Threads;

/// <summary>A thread to be made.</summary>
/// <param name="WorkflowName">The workflow that makes it: up to 512 characters.</param>
public sealed record NewThread(string WorkflowName)
{
    /// <summary>1 to 128 letters, digits, <c>-</c>, <c>_</c>, <c>.</c> and <c>:</c>; null: the server makes one.</summary>
    public string? ThreadId { get; init; }

    /// <summary>What it begins with.</summary>
    public JsonObject? InitialContext { get; init; }

    /// <summary>The thread that it branches from.</summary>
    public string? ParentThreadId { get; init; }

    /// <summary>The message of the parent after which it begins; null: its newest.</summary>
    public string? BranchPoint { get; init; }

    /// <summary>Hours without anything happening after which it expires; null: as the workspace says.</summary>
    public double? TtlHours { get; init; }

    /// <summary>How many messages are shown; null: as the workspace says.</summary>
    public int? MaxMessages { get; init; }

    /// <summary>The peer that speaks as <c>user</c>; null: that of the parent, or one made for it.</summary>
    public string? UserPeer { get; init; }

    /// <summary>The peer that speaks as <c>assistant</c>.</summary>
    public string? AssistantPeer { get; init; }

    /// <summary>The peer that speaks as <c>system</c>.</summary>
    public string? SystemPeer { get; init; }
}
