using Kith.Core.Memory;

namespace Kith.Core.Recall;

/// <summary>A conclusion that a query found.</summary>
/// <param name="Hit">Why it was found.</param>
public sealed record ConclusionMatch(Conclusion Conclusion, RecallHit Hit);
