namespace Kith.Core.Events;

/// <param name="Status">Null where there was no answer.</param>
/// <param name="Problem">Why the event does not count as delivered; null where it does.</param>
public sealed record WebhookAnswer(int? Status, string? Problem);
