using Kith.Core.Work;
using Kith.Http.Schema;

namespace Kith.Http.Work.Wire;

/// <param name="Kind">Of <see cref="StepKinds"/>.</param>
/// <param name="State"><c>failed</c>, <c>replaying</c> or <c>dismissed</c>.</param>
/// <param name="Target">The rebuild or the delivery; null for other kinds.</param>
/// <param name="FirstMessage">With <paramref name="LastMessage"/>: the sequences that it was about; null where it was about no messages.</param>
/// <param name="FailedAt">The last time.</param>
internal sealed record FailedStep(
    string Id,
    string Kind,
    string State,
    string? SessionId,
    string? ObserverId,
    string? ObservedId,
    string? Target,
    long? FirstMessage,
    long? LastMessage,
    string Reason,
    int Times,
    string CreatedAt,
    string FailedAt)
{
    public static FailedStep Of(Core.Work.FailedStep step) => new(
        step.Id,
        step.Kind,
        step.State.ToString().ToLowerInvariant(),
        step.Session,
        step.Observer,
        step.Observed,
        step.Target,
        step.Through > 0 ? step.After + 1 : null,
        step.Through > 0 ? step.Through : null,
        step.Reason,
        step.Times,
        Moment.Format(step.CreatedAt),
        Moment.Format(step.FailedAt));
}
