namespace Kith.Client.Administration;

/// <summary>Something that an erasure does not reach.</summary>
/// <param name="What">What it is.</param>
/// <param name="Until">When it is gone by itself; null where that is somebody else's decision.</param>
public sealed record Beyond(string What, DateTimeOffset? Until);
