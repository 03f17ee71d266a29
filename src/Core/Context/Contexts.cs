namespace Kith.Core.Context;

/// <summary>Everything the next model call should know, within a token budget.</summary>
public sealed class Contexts
{
    /// <summary>Empty for an unknown session; not found for an unknown target unless the read is limited to sessions.</summary>
    public Task<SessionContext> OfSessionAsync(SessionContextRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Representation and card; not found when the observer is missing.</summary>
    public Task<PeerContext> OfPeerAsync(Memory.RepresentationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
