namespace Kith.Core.Reasoning;

/// <summary>What a look into memory brought up, best first.</summary>
/// <param name="Excerpts">Messages of one session each, in order; those around a message that was found come with it.</param>
public sealed record Found(IReadOnlyList<RecalledConclusion> Conclusions, IReadOnlyList<IReadOnlyList<RecalledMessage>> Excerpts)
{
    public static Found Nothing { get; } = new([], []);

    /// <summary>The embedding model did not answer, so nothing was found by meaning.</summary>
    public bool IsTextOnly { get; init; }
}
