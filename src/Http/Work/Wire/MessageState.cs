using Kith.Http.Schema;

namespace Kith.Http.Work.Wire;

/// <param name="State"><c>pending</c>, <c>derived</c>, <c>skipped</c> or <c>failed</c>.</param>
/// <param name="Reason">Pending: <c>queued</c>, <c>working</c>, <c>gathering</c> or <c>retrying</c>. Skipped: <c>empty</c>, <c>reasoning_off</c>, <c>not_observed</c> or <c>copied</c>. Failed: <c>step_failed</c>.</param>
/// <param name="Detail">What failed.</param>
/// <param name="Until">When it goes on at the latest.</param>
/// <param name="FailedStepId">The step to replay.</param>
internal sealed record MessageState(string MessageId, string PeerId, long Sequence, string State, string? Reason, string? Detail, string? Until, string? FailedStepId)
{
    public static MessageState Of(Core.Work.MessageState state) => new(
        state.MessageId,
        state.PeerId,
        state.Sequence,
        state.State.ToString().ToLowerInvariant(),
        state.Reason,
        state.Detail,
        state.Until is { } time ? Moment.Format(time) : null,
        state.FailedStep);
}
