namespace Kith.Client.Agents;

/// <summary>An agent: who answers for it, and how long its sessions live.</summary>
public sealed record Agent
{
    /// <summary>Its id.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its workspace.</summary>
    public string WorkspaceId { get; init; } = "";

    /// <summary>Its name.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it is told to be.</summary>
    public string? Instructions { get; init; }

    /// <summary>Who answers for it.</summary>
    public string? ResponderUrl { get; init; }

    /// <summary>Whether calls to the responder are signed. The secret itself is never shown.</summary>
    public bool HasResponderSecret { get; init; }

    /// <summary>Whether Kith's own reasoner answers where no responder does.</summary>
    public bool Reasoner { get; init; }

    /// <summary>How long its sessions live, where they do not say it themselves.</summary>
    public SessionTimeouts? Timeouts { get; init; }

    /// <summary>Since when.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
