namespace Kith.Core.Reasoning;

/// <summary>The current conclusions of one pair, oldest first.</summary>
public sealed record ConsolidationRequest(string Workspace, string Observer, string Observed, IReadOnlyList<RecalledConclusion> Conclusions);
