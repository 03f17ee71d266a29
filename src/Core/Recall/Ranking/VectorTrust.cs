namespace Kith.Core.Recall.Ranking;

/// <summary>What vectors of an embedder are worth where there is a text as well.</summary>
/// <param name="Weight">How much a place in the vector ranking counts beside one in the text ranking.</param>
/// <param name="Chance">The standard deviation of the cosine of two texts that have nothing in common; 0 where it is not known.</param>
public readonly record struct VectorTrust(double Weight, double Chance)
{
    /// <summary>
    /// Hashed features see the words that the text ranking has already weighed, so they only settle near ties and find what no word
    /// matches. A model's vectors count as much as text.
    /// </summary>
    private const double HashedWeight = 0.05;

    /// <summary>What chance hardly ever reaches, in standard deviations; and what it seldom reaches, which will do where no word is found at all: it may be misspelt.</summary>
    private const double Sure = 5;
    private const double Likely = 3;

    /// <summary>Every text has a nearest neighbour: what is not half as near as the best was not found, it is merely there.</summary>
    private const double ShareOfBest = 0.5;

    /// <summary>Hashed vectors of n numbers differ from a right angle by 1/√n. Every model has a scale of its own: of its vectors only what points elsewhere is known to be unrelated.</summary>
    public static VectorTrust Of(IEmbedder embedder) => embedder is HashedEmbedder ? new(HashedWeight, 1 / Math.Sqrt(embedder.Dimensions)) : new(1, 0);

    /// <param name="best">The highest cosine that any entry has.</param>
    /// <param name="isAlone">Nothing is found by words.</param>
    public bool IsNear(double cosine, double best, bool isAlone) => cosine > Chance * (isAlone ? Likely : Sure) && cosine >= best * ShareOfBest;
}
