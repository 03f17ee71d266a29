namespace Kith.Client.Agents;

/// <summary>All that is to be known of an agent: what is null is removed, but for the secret.</summary>
public sealed record AgentDefinition
{
    /// <summary>1 to 512 characters.</summary>
    public required string Name { get; init; }

    /// <summary>What it is told to be: up to 25,000 characters.</summary>
    public string? Instructions { get; init; }

    /// <summary>Who answers for it: an address with <c>http</c> or <c>https</c>, up to 2,048 characters, not private.</summary>
    public Uri? ResponderUrl { get; init; }

    /// <summary>Signs the calls to the responder: up to 512 characters. Null leaves the one there is, an empty one removes it.</summary>
    public string? ResponderSecret { get; init; }

    /// <summary>Whether Kith's own reasoner answers where no responder does.</summary>
    public bool Reasoner { get; init; }

    /// <summary>How long its sessions live.</summary>
    public SessionTimeouts? Timeouts { get; init; }

    /// <summary>Its name; never the secret.</summary>
    public override string ToString() => Name;
}
