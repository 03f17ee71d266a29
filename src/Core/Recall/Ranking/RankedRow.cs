namespace Kith.Core.Recall.Ranking;

internal readonly record struct RankedRow(int Row, float Score);
