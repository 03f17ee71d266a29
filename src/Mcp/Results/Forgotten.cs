namespace Kith.Mcp.Results;

/// <param name="ErasureId">Of the receipt.</param>
/// <param name="State"><c>completed</c> or <c>failed</c>.</param>
/// <param name="Erased">How much, by kind.</param>
internal sealed record Forgotten(string ErasureId, string State, IReadOnlyDictionary<string, long> Erased);
