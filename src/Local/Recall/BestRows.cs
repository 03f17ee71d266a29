namespace Kith.Local.Recall;

/// <summary>The best rows by score out of many, in bounded memory. Scores must be above zero.</summary>
internal sealed class BestRows(int capacity)
{
    private readonly PriorityQueue<int, (float Score, int Row)> _queue = new(capacity + 1);

    /// <summary>What a score must exceed to be kept.</summary>
    public float Threshold { get; private set; }

    public IEnumerable<RankedRow> Rows => _queue.UnorderedItems.Select(item => new RankedRow(item.Element, item.Priority.Score));

    public void Offer(int row, float score)
    {
        if (_queue.Count < capacity)
            _queue.Enqueue(row, (score, row));
        else
            _queue.EnqueueDequeue(row, (score, row));
        if (_queue.Count == capacity)
            Threshold = _queue.TryPeek(out _, out var worst) ? worst.Score : 0;
    }
}
