namespace Kith.Core.Filters;

/// <summary>A filter as the stores take it.</summary>
/// <param name="Where">Null when nothing is filtered.</param>
/// <param name="PeerPerspective">Message search only: keep what this peer could have seen; null when not asked.</param>
public sealed record ParsedFilter(Condition? Where, string? PeerPerspective = null);
