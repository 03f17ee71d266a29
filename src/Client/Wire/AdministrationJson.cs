using System.Text.Json;
using System.Text.Json.Serialization;
using Kith.Client.Administration;
using Kith.Client.Agents;
using Kith.Client.Models;

namespace Kith.Client.Wire;

/// <summary>The wire of what Kith adds: snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MomentConverter), typeof(RebuildPartConverter)])]
[JsonSerializable(typeof(ErasureCreate))]
[JsonSerializable(typeof(Erasure))]
[JsonSerializable(typeof(PageRow<Erasure>), TypeInfoPropertyName = "ErasurePage")]
[JsonSerializable(typeof(ErasureProof))]
[JsonSerializable(typeof(HonchoSource))]
[JsonSerializable(typeof(Import))]
[JsonSerializable(typeof(PageRow<Import>), TypeInfoPropertyName = "ImportPage")]
[JsonSerializable(typeof(KeyCreate))]
[JsonSerializable(typeof(Rotation))]
[JsonSerializable(typeof(IssuedKey))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(PageRow<ApiKey>), TypeInfoPropertyName = "KeyPage")]
[JsonSerializable(typeof(FailedStep))]
[JsonSerializable(typeof(PageRow<FailedStep>), TypeInfoPropertyName = "FailedStepPage")]
[JsonSerializable(typeof(ConclusionChange))]
[JsonSerializable(typeof(KnownConclusion))]
[JsonSerializable(typeof(IReadOnlyList<KnownConclusion>), TypeInfoPropertyName = "KnownConclusions")]
[JsonSerializable(typeof(WorkOverview))]
[JsonSerializable(typeof(MessageState))]
[JsonSerializable(typeof(PageRow<MessageState>), TypeInfoPropertyName = "MessageStatePage")]
[JsonSerializable(typeof(RebuildCreate))]
[JsonSerializable(typeof(Rebuild))]
[JsonSerializable(typeof(PageRow<Rebuild>), TypeInfoPropertyName = "RebuildPage")]
[JsonSerializable(typeof(Usage))]
[JsonSerializable(typeof(DreamHistory))]
[JsonSerializable(typeof(AgentDefinition))]
[JsonSerializable(typeof(Agent))]
[JsonSerializable(typeof(IReadOnlyList<Agent>), TypeInfoPropertyName = "Agents")]
[JsonSerializable(typeof(EndpointCreate))]
[JsonSerializable(typeof(EndpointChange))]
[JsonSerializable(typeof(SecretRotation))]
[JsonSerializable(typeof(WebhookEndpoint))]
[JsonSerializable(typeof(WebhookDelivery))]
[JsonSerializable(typeof(PageRow<WebhookDelivery>), TypeInfoPropertyName = "DeliveryPage")]
internal sealed partial class AdministrationJson : JsonSerializerContext;

internal sealed record ErasureCreate(string Kind, string? Session = null, string? Message = null, string? Peer = null, string? Conclusion = null);

internal sealed record HonchoSource(string Url, string? Workspace, string? Key);

internal sealed record KeyCreate(string Name, string? Peer, string? Session, bool? ReadOnly, DateTimeOffset? ExpiresAt);

internal sealed record Rotation(double? OverlapHours);

internal sealed record ConclusionChange(string? Content, bool? Pinned);

internal sealed record RebuildCreate(IReadOnlyList<RebuildPart>? What, string? Session, string? Peer);

internal sealed record EndpointCreate(string Url, IReadOnlyList<string>? Events);

internal sealed record EndpointChange(IReadOnlyList<string> Events);

internal sealed record SecretRotation(int? OverlapSeconds);

internal sealed class RebuildPartConverter() : JsonStringEnumConverter<RebuildPart>(JsonNamingPolicy.SnakeCaseLower);
