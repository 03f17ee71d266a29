namespace Kith.Client.Models;

/// <summary>An address that events go to.</summary>
public sealed record Webhook
{
    /// <summary>Made by the server.</summary>
    public required string Id { get; init; }

    /// <summary>Whose events.</summary>
    public string WorkspaceId { get; init; } = "";

    /// <summary>Where they go.</summary>
    public string Url { get; init; } = "";

    /// <summary>Since when.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
