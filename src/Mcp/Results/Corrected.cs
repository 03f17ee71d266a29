namespace Kith.Mcp.Results;

/// <param name="Supersedes">What it replaced.</param>
internal sealed record Corrected(string ConclusionId, string Content, IReadOnlyList<string> Supersedes);
