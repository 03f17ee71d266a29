namespace Kith.Core.Recall.Ranking;

/// <summary>How often the terms of a query stand in entries that no shelf holds yet.</summary>
internal sealed class TailTerms
{
    private readonly int[,] _counts;
    private readonly byte[] _lengths;

    public TailTerms(IReadOnlyList<RecallEntry> tail, IReadOnlyList<string> terms)
    {
        _counts = new int[tail.Count, terms.Count];
        _lengths = new byte[tail.Count];
        Span<char> scratch = stackalloc char[TermReader.ScratchLength];
        for (var entry = 0; entry < tail.Count; entry++)
        {
            var length = 0;
            var reader = new TermReader(tail[entry].Text, scratch);
            while (reader.Read())
            {
                if (!reader.IsStopWord)
                    length++;
                for (var term = 0; term < terms.Count; term++)
                {
                    if (reader.Term.SequenceEqual(terms[term]))
                        _counts[entry, term]++;
                }
            }

            TotalLength += length;
            _lengths[entry] = (byte)Math.Min(length, byte.MaxValue);
        }
    }

    public long TotalLength { get; }

    public int Count(int entry, int term) => _counts[entry, term];

    public int Length(int entry) => _lengths[entry];

    /// <summary>In how many entries the term stands.</summary>
    public int Frequency(int term)
    {
        var frequency = 0;
        for (var entry = 0; entry < _lengths.Length; entry++)
            frequency += Math.Min(1, _counts[entry, term]);
        return frequency;
    }
}
