namespace Kith.Http.Erasures.Wire;

/// <summary>What Kith cannot erase.</summary>
/// <param name="Until">When it is gone by itself; null where that is somebody else's decision.</param>
internal sealed record Beyond(string What, string? Until);
