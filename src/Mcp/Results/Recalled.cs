namespace Kith.Mcp.Results;

/// <summary>What fits best, the best first.</summary>
internal sealed record Recalled(IReadOnlyList<KnownFact> Known, IReadOnlyList<SaidMessage> Said);
