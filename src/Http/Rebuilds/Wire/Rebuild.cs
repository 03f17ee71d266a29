using Kith.Http.Rebuilds.Requests;
using Kith.Http.Schema;

namespace Kith.Http.Rebuilds.Wire;

/// <param name="State"><c>waiting</c>, <c>running</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="EmbeddingModel">Whose vectors it makes; null where it makes none.</param>
internal sealed record Rebuild(
    string Id,
    IReadOnlyList<string> What,
    string? Session,
    string? Peer,
    string State,
    string? Reason,
    Progress Progress,
    string? EmbeddingModel,
    string CreatedAt,
    string? FinishedAt)
{
    public static Rebuild Of(Core.Rebuilding.Rebuild rebuild) => new(
        rebuild.Id,
        [.. rebuild.Parts.Select(RebuildCreate.Name)],
        rebuild.Session,
        rebuild.Peer,
        rebuild.State.ToString().ToLowerInvariant(),
        rebuild.Reason,
        new Progress(rebuild.SessionsDone, rebuild.SessionsTotal, rebuild.MessagesDone, rebuild.MessagesTotal),
        rebuild.Model,
        Moment.Format(rebuild.CreatedAt),
        rebuild.FinishedAt is { } time ? Moment.Format(time) : null);
}
