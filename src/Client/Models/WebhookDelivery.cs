namespace Kith.Client.Models;

/// <summary>How an event got to an address.</summary>
public sealed record WebhookDelivery
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>The event: the header <c>webhook-id</c> of each attempt.</summary>
    public string EventId { get; init; } = "";

    /// <summary>What happened.</summary>
    public string Event { get; init; } = "";

    /// <summary><c>pending</c>, <c>delivered</c> or <c>failed</c>.</summary>
    public string State { get; init; } = "";

    /// <summary>What was tried, the first first: up to 8.</summary>
    public IReadOnlyList<WebhookAttempt> Attempts { get; init; } = [];

    /// <summary>When it is tried again; null when it has ended.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
