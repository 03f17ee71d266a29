namespace Kith.Core.Recall.Ranking;

/// <summary>
/// Rows in ascending order, each with a count. One writer appends while readers go on reading: a reader takes the rows below its own
/// snapshot, and arrays only ever grow.
/// </summary>
internal sealed class PostingList
{
    private int[] _rows = new int[2];
    private byte[] _counts = new byte[2];
    private int _length;

    public int Length => Volatile.Read(ref _length);

    public void Append(int row, byte count)
    {
        var length = _length;
        if (length == _rows.Length)
        {
            Array.Resize(ref _counts, length * 2);
            var rows = new int[length * 2];
            _rows.CopyTo(rows, 0);
            Volatile.Write(ref _rows, rows);
        }

        _rows[length] = row;
        _counts[length] = count;
        Volatile.Write(ref _length, length + 1);
    }

    /// <summary>The rows below <paramref name="limit"/> and their counts.</summary>
    public ReadOnlySpan<int> Read(int limit, out ReadOnlySpan<byte> counts)
    {
        // The length is read first: whatever arrays are seen afterwards hold at least as much.
        var length = Volatile.Read(ref _length);
        var rows = Volatile.Read(ref _rows).AsSpan(0, length);
        while (length > 0 && rows[length - 1] >= limit)
            length--;
        counts = Volatile.Read(ref _counts).AsSpan(0, length);
        return rows[..length];
    }

    public ReadOnlySpan<int> Read(int limit) => Read(limit, out _);
}
