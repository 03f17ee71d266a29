namespace Kith.Core.Memory;

/// <summary>An observer and whom it knows something of.</summary>
/// <param name="Conclusions">That it holds for true now.</param>
public sealed record Pair(string Observer, string Observed, long Conclusions);
