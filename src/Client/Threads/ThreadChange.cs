using System.Text.Json.Nodes;

namespace Kith.Client.Threads;

/// <summary>What changes in a thread; what is null stays.</summary>
public sealed record ThreadChange
{
    /// <summary>Members of the context to set.</summary>
    public JsonObject? InitialContext { get; init; }

    /// <summary>The workflow that it belongs to.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>Hours after which it expires.</summary>
    public double? TtlHours { get; init; }

    /// <summary>How many messages are shown.</summary>
    public int? MaxMessages { get; init; }
}
