using Kith.Core.Events;

namespace Kith.Core.Directory;

/// <summary>An address that events of a workspace are sent to.</summary>
public sealed record Webhook
{
    public string Type { get; } = "webhook";

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string Url { get; init; }

    /// <summary>What it hears of; null for what the original tells.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The newest first; two at most.</summary>
    public IReadOnlyList<WebhookSecret> Secrets { get; init; } = [];

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tests are for whoever asks for them.</summary>
    internal bool Hears(string type) => type == EventTypes.Test || (Events ?? EventTypes.Original).Contains(type);

    internal IEnumerable<string> SecretsAt(DateTimeOffset time) => Secrets.Where(secret => secret.ExpiresAt is null || secret.ExpiresAt > time).Select(secret => secret.Value);
}
