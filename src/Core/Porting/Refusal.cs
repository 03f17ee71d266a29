namespace Kith.Core.Porting;

/// <summary>A line that was well formed and still could not be imported.</summary>
public sealed record Refusal(long Line, string Reason);
