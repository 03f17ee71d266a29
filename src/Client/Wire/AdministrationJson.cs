using System.Text.Json.Serialization;
using Kith.Client.Administration;
using Kith.Client.Models;

namespace Kith.Client.Wire;

/// <summary>The wire of what Kith adds: snake case.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(MomentConverter)])]
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
internal sealed partial class AdministrationJson : JsonSerializerContext;

internal sealed record ErasureCreate(string Kind, string? Session = null, string? Message = null, string? Peer = null, string? Conclusion = null);

internal sealed record HonchoSource(string Url, string? Workspace, string? Key);

internal sealed record KeyCreate(string Name, string? Peer, string? Session, bool? ReadOnly, DateTimeOffset? ExpiresAt);

internal sealed record Rotation(double? OverlapHours);

internal sealed record ConclusionChange(string? Content, bool? Pinned);
