namespace Kith.Http.Eliza.Wire;

internal sealed record AgentList(bool Success, AgentList.Found Data)
{
    internal sealed record Found(IReadOnlyList<Agent> Agents);

    internal sealed record Agent(string Id, string Name, string Status);
}
