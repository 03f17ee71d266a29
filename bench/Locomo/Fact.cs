namespace Kith.Bench.Locomo;

/// <summary>A reference fact that people wrote down about a speaker.</summary>
/// <param name="TurnIds">The turns it rests on, any of which will do as a source.</param>
internal sealed record Fact(string Text, IReadOnlyList<string> TurnIds);
