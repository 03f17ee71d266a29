namespace Kith.Core.Recall;

/// <summary>A found entry, best first.</summary>
/// <param name="Score">Fused score (reciprocal ranks, k = 60, plus the index's own adjustments), or 1 - distance in a vector query. Comparable within one answer only.</param>
/// <param name="TextRank">1-based place in the text ranking, null when not matched by text.</param>
/// <param name="VectorRank">1-based place in the vector ranking, null when not ranked by vector.</param>
/// <param name="Distance">Cosine distance, where a vector was compared.</param>
public sealed record RecallHit(
    string Id,
    string? Session,
    string? Observer,
    string? Observed,
    long Sequence,
    double Score,
    int? TextRank,
    int? VectorRank,
    double? Distance);
