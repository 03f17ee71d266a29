namespace Kith.Bench.Locomo;

/// <summary>What was counted on one conversation, or on several together.</summary>
internal sealed record Tally(string Name)
{
    public List<(int Category, double[] Recall)> Recall { get; init; } = [];

    public List<(int Category, double[] Recall)> Plain { get; init; } = [];

    public int Messages { get; set; }

    public int Conclusions { get; set; }

    public int Facts { get; set; }

    public int Covered { get; set; }

    /// <summary>Questions that memory holds no answer to, and how many of them were answered by abstention.</summary>
    public (int Asked, int Abstained) Adversarial { get; set; }

    /// <summary>All others, and how many of them were refused.</summary>
    public (int Asked, int Abstained) Answerable { get; set; }

    public double Coverage => (double)Covered / Facts;

    public double PerMessage => (double)Conclusions / Messages;

    public static Tally Of(IReadOnlyCollection<Tally> all) => new("all")
    {
        Recall = [.. all.SelectMany(tally => tally.Recall)],
        Plain = [.. all.SelectMany(tally => tally.Plain)],
        Messages = all.Sum(tally => tally.Messages),
        Conclusions = all.Sum(tally => tally.Conclusions),
        Facts = all.Sum(tally => tally.Facts),
        Covered = all.Sum(tally => tally.Covered),
        Adversarial = (all.Sum(tally => tally.Adversarial.Asked), all.Sum(tally => tally.Adversarial.Abstained)),
        Answerable = (all.Sum(tally => tally.Answerable.Asked), all.Sum(tally => tally.Answerable.Abstained)),
    };

    public void Count(bool isAdversarial, bool abstains)
    {
        if (isAdversarial)
            Adversarial = (Adversarial.Asked + 1, Adversarial.Abstained + (abstains ? 1 : 0));
        else
            Answerable = (Answerable.Asked + 1, Answerable.Abstained + (abstains ? 1 : 0));
    }
}
