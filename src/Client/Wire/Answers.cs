using System.Text.Json.Nodes;
using Kith.Client.Models;

namespace Kith.Client.Wire;

internal sealed record PageRow<T>(IReadOnlyList<T> Items, long Total, int Page, int Size, long Pages);

internal sealed record WorkspaceRow(string Id, JsonObject? Metadata, MemoryConfiguration? Configuration, DateTimeOffset CreatedAt);

internal sealed record PeerRow(string Id, JsonObject? Metadata, PeerConfiguration? Configuration, DateTimeOffset CreatedAt);

internal sealed record SessionRow(string Id, bool? IsActive, JsonObject? Metadata, MemoryConfiguration? Configuration, DateTimeOffset CreatedAt);

internal sealed record ScopeRow(string Id, JsonObject? Metadata, DateTimeOffset CreatedAt);

internal sealed record CardRow(IReadOnlyList<string>? PeerCard);

internal sealed record RepresentationRow(string? Representation);

internal sealed record AnswerRow(string? Content, Evidence? Evidence);

internal sealed record PartRow(PartRow.Fragment? Delta, bool Done, Evidence? Evidence)
{
    internal sealed record Fragment(string? Content);
}

internal sealed record KeyRow(string Key);
