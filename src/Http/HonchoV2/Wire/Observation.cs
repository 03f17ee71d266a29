using Kith.Core.Memory;
using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Wire;

/// <param name="SessionId">Empty for what belongs to no session: clients demand a text.</param>
internal sealed record Observation(string Id, string Content, string ObserverId, string ObservedId, string SessionId, string CreatedAt)
{
    public static Observation Of(Conclusion conclusion) => new(
        conclusion.Id, conclusion.Content, conclusion.Observer, conclusion.Observed, conclusion.SessionId ?? "", Moment.Format(conclusion.CreatedAt));
}
