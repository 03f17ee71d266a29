namespace Kith.Client.Models;

/// <summary>One attempt to deliver an event.</summary>
/// <param name="At">When.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Status">The HTTP status of the answer; null where there was none.</param>
/// <param name="Error">Why it did not arrive; null where it did.</param>
public sealed record WebhookAttempt(DateTimeOffset At, long Milliseconds, int? Status, string? Error);
