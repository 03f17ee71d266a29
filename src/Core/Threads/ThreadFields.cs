using System.Text.Json;
using Kith.Core.Conversations;

namespace Kith.Core.Threads;

/// <summary>What a thread's message says beyond what every message of Kith says.</summary>
/// <param name="Files">Paths that are referred to; nothing is opened.</param>
/// <param name="ModelProvider">For example cli, api or mcp; not checked.</param>
public sealed record ThreadFields(IReadOnlyList<string>? Files = null, string? WorkflowName = null, string? ModelProvider = null, string? ModelName = null)
{
    public static ThreadFields None { get; } = new();

    internal static ThreadFields Of(Message message) => message.DoorFields?.Deserialize(DocumentJson.Default.Envelope)?.Thread ?? None;

    /// <summary>Null when nothing is said.</summary>
    internal JsonElement? ToDoorFields() => this == None ? null : JsonSerializer.SerializeToElement(new Envelope(this), DocumentJson.Default.Envelope);

    /// <summary>Under a name of its own, so that no door reads what another one wrote.</summary>
    internal sealed record Envelope(ThreadFields? Thread);
}
