namespace Kith.Core.Memory;

/// <summary>What an observer knows about a peer, as text.</summary>
public sealed class Representations
{
    /// <summary>Conclusions selected by the request, ascending by time.</summary>
    public Task<IReadOnlyList<Conclusion>> SelectAsync(RepresentationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>The selected conclusions as Markdown (spec honcho-engine §4.3); empty when nothing is known.</summary>
    public Task<string> RenderAsync(RepresentationRequest request, CancellationToken cancellationToken) => throw new NotSupportedException();
}
