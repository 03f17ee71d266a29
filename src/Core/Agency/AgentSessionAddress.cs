namespace Kith.Core.Agency;

/// <summary>Where an agent session is looked for.</summary>
/// <param name="Id">A UUID in lower case; nothing is found under anything else.</param>
/// <param name="User">As whom: sessions of other users are not found. Null finds everybody's.</param>
public readonly record struct AgentSessionAddress(string Workspace, string Id, string? User = null)
{
    internal KithException NotFound() => new(ErrorCode.NotFound, $"Session with ID '{Id}' not found");
}
