namespace Kith.Client.Models;

/// <summary>An address that chosen events go to. Kith only.</summary>
public sealed record WebhookEndpoint
{
    /// <summary>Made by the server.</summary>
    public required string Id { get; init; }

    /// <summary>Whose events.</summary>
    public string WorkspaceId { get; init; } = "";

    /// <summary>Where they go.</summary>
    public string Url { get; init; } = "";

    /// <summary>Which: <c>conclusion.created</c>, <c>conclusion.superseded</c>, <c>erase.completed</c>, <c>queue.empty</c>, <c>step.failed</c>, <c>summary.created</c>, <c>test.event</c>.</summary>
    public IReadOnlyList<string> Events { get; init; } = [];

    /// <summary>When its secrets were made and when they end, the newest first; never what they are.</summary>
    public IReadOnlyList<WebhookSecret> Secrets { get; init; } = [];

    /// <summary>The newest secret, in the one answer that shows it; null in all others.</summary>
    public string? Secret { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its address; never a secret.</summary>
    public override string ToString() => Url;
}
