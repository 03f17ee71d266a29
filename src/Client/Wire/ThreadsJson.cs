using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kith.Client.Threads;

namespace Kith.Client.Wire;

/// <summary>The wire of threads and states: camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(MomentConverter)])]
[JsonSerializable(typeof(NewThread))]
[JsonSerializable(typeof(ThreadChange))]
[JsonSerializable(typeof(WorkspaceSettings))]
[JsonSerializable(typeof(Cleanup))]
[JsonSerializable(typeof(StateWrite))]
[JsonSerializable(typeof(ConversationThread))]
[JsonSerializable(typeof(ConversationMessage))]
[JsonSerializable(typeof(ConversationState))]
[JsonSerializable(typeof(ConversationHistory))]
[JsonSerializable(typeof(ContextSummary))]
[JsonSerializable(typeof(ThreadStatistics))]
[JsonSerializable(typeof(ImportReport))]
[JsonSerializable(typeof(ThreadsRow))]
[JsonSerializable(typeof(ThreadMessagesRow))]
[JsonSerializable(typeof(StatesRow))]
[JsonSerializable(typeof(RemovedRow))]
[JsonSerializable(typeof(JsonArray))]
internal sealed partial class ThreadsJson : JsonSerializerContext;

internal sealed record Cleanup(string Kind, double? MaxAgeHours = null, double? KeepRecentHours = null);

internal sealed record StateWrite(JsonObject Data, string? WorkflowName, string? SchemaVersion);

internal sealed record ThreadsRow(IReadOnlyList<ConversationThread> Threads, string? Cursor);

internal sealed record ThreadMessagesRow(IReadOnlyList<ConversationMessage> Messages);

internal sealed record StatesRow(IReadOnlyList<string> Workflows);

internal sealed record RemovedRow(int Removed);
