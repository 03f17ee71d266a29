namespace Kith.Core.Agency;

/// <summary>An agent that a workspace knows: how it is called, how it answers, and the timeouts of its sessions.</summary>
public sealed record Agent
{
    public string Type { get; } = "agent";

    /// <summary>A UUID in lower case; also the id of its peer.</summary>
    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required string Name { get; init; }

    /// <summary>Handed to the responder with every message; null when it needs none.</summary>
    public string? Instructions { get; init; }

    /// <summary>Where messages are sent for a reply; null when nobody is called.</summary>
    public string? ResponderUrl { get; init; }

    /// <summary>Signs what is sent to <see cref="ResponderUrl"/>. Never leaves Kith.</summary>
    public string? ResponderSecret { get; init; }

    /// <summary>Kith's own reasoner answers from memory, where no responder is named.</summary>
    public bool Reasoner { get; init; }

    /// <summary>Overlay the defaults for the agent's sessions.</summary>
    public TimeoutChoices Timeouts { get; init; } = TimeoutChoices.None;

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whether anybody answers for the agent.</summary>
    public bool Replies => Reasoner || ResponderUrl is not null;
}
