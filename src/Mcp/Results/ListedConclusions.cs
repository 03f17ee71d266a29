namespace Kith.Mcp.Results;

/// <param name="NextPage">Null on the last page.</param>
internal sealed record ListedConclusions(IReadOnlyList<KnownFact> Known, long Total, int? NextPage);
