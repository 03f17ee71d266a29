using Kith.Http.Schema;

namespace Kith.Http.Agents.Wire;

/// <param name="HasResponderSecret">The secret itself is never shown.</param>
internal sealed record Agent(
    string Id,
    string WorkspaceId,
    string Name,
    string? Instructions,
    string? ResponderUrl,
    bool HasResponderSecret,
    bool Reasoner,
    Requests.Timeouts Timeouts,
    string CreatedAt)
{
    public static Agent Of(Core.Agency.Agent agent) => new(
        agent.Id,
        agent.WorkspaceId,
        agent.Name,
        agent.Instructions,
        agent.ResponderUrl,
        agent.ResponderSecret is not null,
        agent.Reasoner,
        new(agent.Timeouts.Timeout, agent.Timeouts.AutoRenew, agent.Timeouts.MaxDuration, agent.Timeouts.WarningThreshold),
        Moment.Format(agent.CreatedAt));
}
