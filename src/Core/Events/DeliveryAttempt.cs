namespace Kith.Core.Events;

/// <summary>One try to deliver.</summary>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">Of the answer; null where there was none.</param>
/// <param name="Problem">Why it counts as failed; null where it succeeded.</param>
public sealed record DeliveryAttempt(DateTimeOffset At, long Milliseconds, int? Status = null, string? Problem = null);
