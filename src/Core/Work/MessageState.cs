namespace Kith.Core.Work;

/// <summary>What became of a message.</summary>
/// <param name="Reason">Pending: of <see cref="Waiting"/>. Skipped: <c>empty</c>, <c>reasoning_off</c>, <c>not_observed</c> or <c>copied</c>. Failed: <c>step_failed</c>. Derived: null.</param>
/// <param name="Detail">What failed, without message content.</param>
/// <param name="Until">When it goes on at the latest.</param>
/// <param name="FailedStep">The step to replay.</param>
public sealed record MessageState(
    string MessageId,
    string PeerId,
    long Sequence,
    DeriveState State,
    string? Reason = null,
    string? Detail = null,
    DateTimeOffset? Until = null,
    string? FailedStep = null);
