using Kith.Core.Memory;
using Kith.Http.Honcho.Requests;
using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Requests;

/// <summary>As <see cref="ConclusionCreate"/>, but it must name its session.</summary>
internal sealed record ObservationCreate(string Content, string ObserverId, string ObservedId, string SessionId)
{
    public static ObservationCreate? Read(Input observation)
    {
        if (observation.Object() is not { } fields)
            return null;
        var session = fields.Required("session_id").Text();
        return ConclusionCreate.Read(observation) is { } conclusion ? new(conclusion.Content, conclusion.ObserverId, conclusion.ObservedId, session!) : null;
    }

    public NewConclusion ToConclusion() => new(ObserverId, ObservedId, Content, SessionId);
}
