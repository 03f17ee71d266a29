using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kith.Client.Threads;

/// <summary>What a workflow remembers, of a thread or under its own name. Kith never looks inside.</summary>
/// <param name="WorkflowName">Whose it is.</param>
/// <param name="Data">Its content.</param>
/// <param name="SchemaVersion">Of the data; <c>1.0</c> unless the workflow says otherwise.</param>
public sealed record ConversationState(string WorkflowName, JsonObject Data, string SchemaVersion)
{
    /// <summary>Given as the version that a state is based on: there is none yet, and if there is one it stays.</summary>
    public const string None = "";

    /// <summary>When it was first stored.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last changed.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The version that was read, to be given back when it is written; null where it was read as part of a thread.</summary>
    [JsonIgnore]
    public string? ETag { get; init; }
}
