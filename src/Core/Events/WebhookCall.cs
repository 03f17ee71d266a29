namespace Kith.Core.Events;

/// <summary>What is sent.</summary>
/// <param name="EventId">What receivers recognise a repeat by.</param>
/// <param name="Secrets">That sign it, the newest first.</param>
/// <param name="At">When it is sent.</param>
public sealed record WebhookCall(string Url, string EventId, ReadOnlyMemory<byte> Body, IReadOnlyList<string> Secrets, DateTimeOffset At);
