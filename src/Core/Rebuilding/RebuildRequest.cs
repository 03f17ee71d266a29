namespace Kith.Core.Rebuilding;

/// <summary>What to make anew.</summary>
/// <param name="Parts">Everything where null; summaries, which belong to no peer, only where no peer is named.</param>
/// <param name="Session">Only this session.</param>
/// <param name="Peer">Only what this peer's messages say.</param>
public sealed record RebuildRequest(string Workspace, IReadOnlyList<RebuildPart>? Parts = null, string? Session = null, string? Peer = null);
