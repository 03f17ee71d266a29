using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kith.Client.Threads;

/// <summary>What is said in a thread: to be added, or as it was stored.</summary>
/// <example>
/// <code>
/// await memory.AddMessageAsync(threadId, new("user", "Explain async/await") { Files = ["examples/async_example.cs"], Metadata = new() { ["source"] = "cli" } });
/// </code>
/// </example>
/// <param name="Role"><c>user</c>, <c>assistant</c> or <c>system</c>.</param>
/// <param name="Content">What is said; not empty, up to about a million characters.</param>
public sealed record ConversationMessage(string Role, string Content)
{
    /// <summary>The role of people.</summary>
    public const string User = "user";

    /// <summary>The role of models.</summary>
    public const string Assistant = "assistant";

    /// <summary>The role of instructions.</summary>
    public const string System = "system";

    /// <summary>When it was said; null: when it is stored.</summary>
    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Paths of files that it is about. Their content is not read.</summary>
    public IReadOnlyList<string>? Files { get; init; }

    /// <summary>The workflow that made it.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>How its model was called: <c>cli</c>, <c>api</c> or <c>mcp</c>, for example.</summary>
    public string? ModelProvider { get; init; }

    /// <summary>The model that made it.</summary>
    public string? ModelName { get; init; }

    /// <summary>Members of your own.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Your own id of it in its thread: a message of the same id is stored once, however often it is sent.</summary>
    public string? ClientId { get; init; }

    /// <summary>Made by the server; null before it is stored.</summary>
    public string? Id { get; init; }

    /// <summary>Its place in the thread, from 1 on, without gaps; 0 before it is stored.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Sequence { get; init; }

    /// <summary>Who said it in the memory of the workspace; null before it is stored.</summary>
    public string? Peer { get; init; }
}
