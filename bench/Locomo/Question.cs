namespace Kith.Bench.Locomo;

/// <param name="Category">1 multi-hop, 2 temporal, 3 open-domain, 4 single-hop, 5 adversarial.</param>
/// <param name="Evidence">Ids of the turns that hold the answer; those that do not exist are left out.</param>
internal sealed record Question(string Text, int Category, IReadOnlyList<string> Evidence);
