namespace Kith.Core.Agency;

/// <summary>For hosts that call nobody.</summary>
internal sealed class NoResponder : IResponder
{
    public Task<AgentReply?> RespondAsync(AgentCall call, CancellationToken cancellationToken) => Task.FromResult<AgentReply?>(null);
}
