namespace Kith.Core.Directory;

/// <summary>An address that events of a workspace are sent to.</summary>
public sealed record Webhook
{
    public string Type { get; } = "webhook";

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string Url { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
