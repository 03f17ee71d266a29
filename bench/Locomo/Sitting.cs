namespace Kith.Bench.Locomo;

/// <summary>What was said at one time.</summary>
internal sealed record Sitting(string Name, DateTimeOffset Date, IReadOnlyList<Turn> Turns);
