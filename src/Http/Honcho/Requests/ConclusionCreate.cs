using Kith.Core;
using Kith.Core.Memory;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record ConclusionCreate(string Content, string ObserverId, string ObservedId, string? SessionId = null)
{
    public static ConclusionCreate? Read(Input conclusion) => conclusion.Object() is not { } fields ? null : new(
        fields.Required("content").Text(1, Limits.ConclusionCharacters)!,
        fields.Required("observer_id").Text()!,
        fields.Required("observed_id").Text()!,
        fields.Optional("session_id").Text());

    public NewConclusion ToConclusion() => new(ObserverId, ObservedId, Content, SessionId);
}
