namespace Kith.Core.Memory;

/// <summary>What an observer knows about a peer.</summary>
/// <param name="Chosen">The most important first: what was searched for, what was said most often, what is newest.</param>
/// <param name="IsTextOnly">The embedding model did not answer, so nothing was found by meaning.</param>
public sealed record Representation(IReadOnlyList<Conclusion> Chosen, bool IsTextOnly)
{
    /// <summary>Ascending by time.</summary>
    public IReadOnlyList<Conclusion> Conclusions { get; } = InTime(Chosen);

    /// <summary>As Markdown (spec honcho-engine §4.3); empty when nothing is known.</summary>
    public string Text => RepresentationText.Render(Conclusions);

    internal static IReadOnlyList<Conclusion> InTime(IEnumerable<Conclusion> conclusions) =>
        [.. conclusions.OrderBy(conclusion => conclusion.CreatedAt).ThenBy(conclusion => conclusion.Id, StringComparer.Ordinal)];
}
