namespace Kith.Core.Platforms;

/// <summary>What a workspace has to do with one app or bot of a chat platform.</summary>
public sealed record Connection
{
    internal const string DocumentType = "connection";

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string Platform { get; init; }

    /// <summary>For people.</summary>
    public string? Name { get; init; }

    /// <summary>Of <see cref="Platforms.Platform.Settings"/>.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    /// <summary>The newest of a name first; two of a name at most.</summary>
    public IReadOnlyList<ConnectionSecret> Secrets { get; init; } = [];

    public SessionStrategy Sessions { get; init; }

    /// <summary>The peers that conclusions are drawn about; null for everybody but the agent.</summary>
    public IReadOnlyList<string>? Observed { get; init; }

    /// <summary>Whether the agent answers those who address it.</summary>
    public bool Replies { get; init; }

    /// <summary>The peer that the app or bot is.</summary>
    public required string Agent { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public bool Observes(string peer) => Observed?.Contains(peer) ?? peer != Agent;

    /// <summary>Where a secret lies.</summary>
    internal string PlaceOf(string secret) => $"{WorkspaceId}/connection/{Id}/{secret}";
}
