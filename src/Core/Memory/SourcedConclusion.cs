namespace Kith.Core.Memory;

/// <summary>A conclusion and what it rests on.</summary>
/// <param name="Sequences">Ascending places of its messages in its session; empty without a session.</param>
/// <param name="Premises">The contents of the conclusions that it was drawn from.</param>
public sealed record SourcedConclusion(Conclusion Conclusion, IReadOnlyList<long> Sequences, IReadOnlyList<string> Premises);
