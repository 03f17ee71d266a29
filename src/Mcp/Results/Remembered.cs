namespace Kith.Mcp.Results;

/// <summary>What was stored: a conclusion or a message.</summary>
internal sealed record Remembered(string? ConclusionId = null, string? MessageId = null);
