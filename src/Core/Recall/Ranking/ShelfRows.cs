namespace Kith.Core.Recall.Ranking;

/// <summary>What a reader sees of a shelf: the rows below <see cref="Count"/>. Arrays may be longer and are only appended to.</summary>
/// <param name="Lengths">Terms of each row, at most 255.</param>
/// <param name="DeadFrom">
/// 0 while a row stands, else the count from which on it is not seen: who does not see the replacement yet still sees the replaced.
/// </param>
/// <param name="TotalLength">Sum of the lengths, deleted rows included.</param>
internal sealed record ShelfRows(RecallRow[] Rows, byte[] Lengths, int[] DeadFrom, int Count, long TotalLength)
{
    public static ShelfRows Empty { get; } = new([], [], [], 0, 0);

    public bool IsAlive(int row) => DeadFrom[row] == 0 || DeadFrom[row] > Count;
}
