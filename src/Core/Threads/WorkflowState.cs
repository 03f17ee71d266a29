using System.Text.Json;

namespace Kith.Core.Threads;

/// <summary>What a workflow remembers: of one thread, or under its own name. Kith keeps it and never looks inside.</summary>
public sealed record WorkflowState
{
    public const string FirstVersion = "1.0";

    internal const string OfThread = "$state";

    public string Type { get; } = "workflowState";

    public required string WorkflowName { get; init; }

    /// <summary>A JSON object.</summary>
    public required JsonElement Data { get; init; }

    public required string SchemaVersion { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Changes with every change.</summary>
    public required string Tag { get; init; }
}
