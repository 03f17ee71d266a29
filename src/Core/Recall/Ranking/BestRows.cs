namespace Kith.Core.Recall.Ranking;

/// <summary>The best rows by score out of many, in bounded memory. Scores must be above zero.</summary>
internal sealed class BestRows(int capacity)
{
    // Score and row in one number: the bits of positive floats are ordered as the floats are. Twice as many are held as are
    // wanted, so that they need sorting only now and then.
    private readonly long[] _keys = new long[capacity * 2];
    private int _count;

    /// <summary>What a score must exceed to be kept.</summary>
    public float Threshold { get; private set; }

    public IEnumerable<RankedRow> Rows
    {
        get
        {
            if (_count > capacity)
                Cut();
            for (var i = 0; i < _count; i++)
                yield return new RankedRow((int)_keys[i], ScoreOf(_keys[i]));
        }
    }

    public void Offer(int row, float score)
    {
        _keys[_count++] = ((long)BitConverter.SingleToInt32Bits(score) << 32) | (uint)row;
        if (_count == _keys.Length)
            Cut();
    }

    private void Cut()
    {
        var keys = _keys.AsSpan(0, _count);
        keys.Sort();
        keys[^capacity..].CopyTo(keys);
        _count = capacity;
        Threshold = ScoreOf(_keys[0]);
    }

    private static float ScoreOf(long key) => BitConverter.Int32BitsToSingle((int)(key >> 32));
}
