namespace Kith.Core.Agency;

/// <summary>Asks whoever answers for an agent at <see cref="Agent.ResponderUrl"/>.</summary>
public interface IResponder
{
    /// <summary>
    /// Null when the agent chooses to say nothing. Gives up by itself within half a minute. Throws <see cref="KithException"/>: <see cref="ErrorCode.Unavailable"/>
    /// for what a later attempt may cure, <see cref="ErrorCode.Invalid"/> for an address or an answer that cannot be used.
    /// </summary>
    Task<AgentReply?> RespondAsync(AgentCall call, CancellationToken cancellationToken);
}
