namespace Kith.Client.Agents;

/// <summary>Some of what was said in a session with an agent.</summary>
public sealed record AgentMessages
{
    /// <summary>The messages, the newest first.</summary>
    public IReadOnlyList<AgentMessage> Messages { get; init; } = [];

    /// <summary>There are older ones.</summary>
    public bool HasMore { get; init; }
}
