namespace Kith.Local.Recall;

internal readonly record struct RankedRow(int Row, float Score);
