namespace Kith.Core.Memory;

/// <summary>What an observer knows about a peer.</summary>
/// <param name="Conclusions">Ascending by time.</param>
/// <param name="IsTextOnly">The embedding model did not answer, so nothing was found by meaning.</param>
public sealed record Representation(IReadOnlyList<Conclusion> Conclusions, bool IsTextOnly)
{
    /// <summary>As Markdown (spec honcho-engine §4.3); empty when nothing is known.</summary>
    public string Text => RepresentationText.Render(Conclusions);
}
