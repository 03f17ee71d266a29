using System.Text.Json.Nodes;

namespace Kith.Client.Wire;

internal sealed record Naming(string Id, JsonObject? Metadata = null);

internal sealed record WorkspaceCreate(string Id, JsonObject? Metadata = null, MemoryConfiguration? Configuration = null);

internal sealed record ConfiguredUpdate(JsonObject? Metadata = null, MemoryConfiguration? Configuration = null);

internal sealed record PeerCreate(string Id, JsonObject? Metadata = null, PeerConfiguration? Configuration = null);

internal sealed record PeerUpdate(JsonObject? Metadata = null, PeerConfiguration? Configuration = null);

internal sealed record SessionCreate(
    string Id, JsonObject? Metadata = null, MemoryConfiguration? Configuration = null, IReadOnlyDictionary<string, SessionPeerConfiguration>? Peers = null, IReadOnlyList<string>? Scopes = null);

internal sealed record MessageCreate(
    string Content, string PeerId, JsonObject? Metadata, MessageConfiguration? Configuration, DateTimeOffset? CreatedAt, string? ClientId)
{
    public static MessageCreate Of(MessageDraft draft) => new(draft.Content, draft.Peer.Value, draft.Metadata, draft.Configuration, draft.CreatedAt, draft.ClientId);
}

internal sealed record MessageBatch(IReadOnlyList<MessageCreate> Messages);

internal sealed record MetadataUpdate(JsonObject Metadata);

internal sealed record Listing(JsonObject? Filters, bool? IncludeSources = null);

internal sealed record Search(string Query, JsonObject? Filters, int? Limit, string? Scope, bool? IncludeScores);

internal sealed record CardUpdate(IReadOnlyList<string> PeerCard);

internal sealed record Chat(
    string Query,
    bool Stream,
    string? Target,
    string? SessionId,
    JsonObject? Filters,
    JsonNode? Scope,
    ReasoningLevel? ReasoningLevel,
    JsonNode? ResponseFormat,
    bool? IncludeEvidence,
    DateTimeOffset? AsOf,
    DateTimeOffset? KnownAt)
{
    public static Chat Of(string query, ChatOptions? options, bool stream = false, JsonNode? responseFormat = null) => new(
        query,
        stream,
        options?.Target?.Value,
        options?.Session?.Value,
        Allowlist.Of(options?.Sessions),
        Allowlist.Scopes(options?.Scopes),
        options?.ReasoningLevel,
        responseFormat,
        options is { IncludeEvidence: true } ? true : null,
        options?.AsOf,
        options?.KnownAt);
}

internal sealed record RepresentationQuery(
    string? SessionId,
    string? Target,
    JsonObject? Filters,
    JsonNode? Scope,
    string? SearchQuery,
    int? SearchTopK,
    double? SearchMaxDistance,
    bool? IncludeMostFrequent,
    int? MaxConclusions,
    DateTimeOffset? AsOf,
    DateTimeOffset? KnownAt)
{
    public static RepresentationQuery Of(RepresentationOptions? options) => new(
        options?.Session?.Value,
        options?.Target?.Value,
        Allowlist.Of(options?.Sessions),
        Allowlist.Scopes(options?.Scopes),
        options?.SearchQuery,
        options?.SearchTopK,
        options?.SearchMaxDistance,
        options?.IncludeMostFrequent,
        options?.MaxConclusions,
        options?.AsOf,
        options?.KnownAt);
}

internal sealed record ConclusionCreate(string Content, string ObserverId, string ObservedId, string? SessionId);

internal sealed record ConclusionBatch(IReadOnlyList<ConclusionCreate> Conclusions);

internal sealed record ConclusionSearch(string Query, int? TopK, double? Distance, JsonObject Filters, DateTimeOffset? AsOf, DateTimeOffset? KnownAt);

internal sealed record DreamSchedule(string Observer, string? Observed, string DreamType, string? SessionId, bool? Rebuild);

internal sealed record ScopeSessions(IReadOnlyList<string> SessionIds);

internal sealed record WebhookCreate(string Url);
