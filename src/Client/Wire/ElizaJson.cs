using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Kith.Client.Agents;

namespace Kith.Client.Wire;

/// <summary>The wire of Eliza's sessions: camel case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MomentConverter)])]
[JsonSerializable(typeof(AgentSessionCreate))]
[JsonSerializable(typeof(AgentMessageCreate))]
[JsonSerializable(typeof(SessionTimeouts))]
[JsonSerializable(typeof(SessionInfo))]
[JsonSerializable(typeof(AgentSessionsRow))]
[JsonSerializable(typeof(AgentMessages))]
[JsonSerializable(typeof(SentMessage))]
[JsonSerializable(typeof(ServiceHealth))]
internal sealed partial class ElizaJson : JsonSerializerContext;

internal sealed record AgentSessionCreate(Guid AgentId, Guid UserId, JsonObject? Metadata, SessionTimeouts? TimeoutConfig);

internal sealed record AgentMessageCreate(string Content, string Transport, IReadOnlyList<JsonObject>? Attachments, JsonObject? Metadata);

internal sealed record AgentSessionsRow(IReadOnlyList<SessionInfo> Sessions);
