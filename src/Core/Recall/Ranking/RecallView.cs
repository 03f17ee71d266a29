using System.Buffers;

namespace Kith.Core.Recall.Ranking;

/// <summary>
/// What one search sees: a shelf as it was when the search began, the tail behind it as further rows, and which of them the scope
/// admits. Everything is decided here before anything is ranked.
/// </summary>
internal sealed class RecallView : IDisposable
{
    private readonly List<RecallRow> _tailRows = [];
    private readonly Dictionary<(string?, long), int> _tailPlaces = [];
    private readonly byte[] _admitted;

    public RecallView(RecallShelf shelf, RecallScope scope, IReadOnlyList<RecallEntry> tail)
    {
        Shelf = shelf;
        Rows = shelf.Rows;
        var ids = new HashSet<string>(StringComparer.Ordinal);
        Tail = [.. tail.Where(entry => scope.Admits(entry) && !shelf.Holds(entry.Id, Rows.Count) && ids.Add(entry.Id))];
        foreach (var entry in Tail)
        {
            if (entry.Kind == RecallKind.Message)
                _tailPlaces[(entry.Session, entry.Sequence)] = Rows.Count + _tailRows.Count;
            _tailRows.Add(RecallShelf.RowOf(entry));
        }

        _admitted = ArrayPool<byte>.Shared.Rent(Count);
        Admit(scope);
    }

    public RecallShelf Shelf { get; }

    public ShelfRows Rows { get; }

    /// <summary>Admitted entries that the shelf does not hold; their rows follow the shelf's.</summary>
    public List<RecallEntry> Tail { get; }

    public int Count => Rows.Count + Tail.Count;

    public bool IsAdmitted(int row) => row < Count && _admitted[row] != 0;

    public RecallRow RowAt(int row) => row < Rows.Count ? Rows.Rows[row] : _tailRows[row - Rows.Count];

    /// <summary>The row that stands so many turns after (or before) a row in its session, or -1.</summary>
    public int Neighbour(int row, int offset)
    {
        if (RowAt(row) is not { Session: { } session } turn)
            return -1;
        var sequence = turn.Sequence + offset;
        // Turns mostly arrive, and are always loaded, one after the other.
        var near = row + offset;
        if (near >= 0 && near < Rows.Count && Rows.IsAlive(near) && Rows.Rows[near] is var guess
            && guess.Sequence == sequence && guess.Session == session)
            return near;
        if (_tailPlaces.TryGetValue((session, sequence), out var place))
            return place;
        place = Shelf.At(session, sequence);
        return place < Rows.Count ? place : -1;
    }

    /// <summary>The best first, newer before older, then by id, so that equal searches give equal answers.</summary>
    public List<RankedRow> Sorted(List<RankedRow> rows, int depth)
    {
        rows.Sort((left, right) => left.Score != right.Score ? right.Score.CompareTo(left.Score) : CompareTies(left.Row, right.Row));
        return rows.Count > depth ? rows[..depth] : rows;
    }

    public int CompareTies(int left, int right)
    {
        var (one, other) = (RowAt(left), RowAt(right));
        var order = other.CreatedAt.CompareTo(one.CreatedAt);
        return order != 0 ? order : string.CompareOrdinal(one.Id, other.Id);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_admitted);

    private void Admit(RecallScope scope)
    {
        _admitted.AsSpan(Rows.Count, Tail.Count).Fill(1);
        var stored = _admitted.AsSpan(0, Rows.Count);
        if (scope is { Peer: null, Observer: null, Observed: null, Sessions: null, Levels: null, From: null, To: null })
        {
            for (var row = 0; row < stored.Length; row++)
                stored[row] = Rows.IsAlive(row) ? (byte)1 : (byte)0;
            return;
        }

        stored.Clear();
        if (scope.Sessions is not null)
        {
            foreach (var session in scope.Sessions)
                Admit(Shelf.Session(session), scope);
        }
        else if (scope is { Observer: { } observer, Observed: { } observed })
        {
            Admit(Shelf.Pair(observer, observed), scope);
        }
        else if (scope.Peer is not null)
        {
            Admit(Shelf.Peer(scope.Peer), scope);
        }
        else
        {
            for (var row = 0; row < stored.Length; row++)
                Admit(row, scope);
        }
    }

    private void Admit(PostingList? rows, RecallScope scope)
    {
        if (rows is null)
            return;
        foreach (var row in rows.Read(Rows.Count))
            Admit(row, scope);
    }

    private void Admit(int row, RecallScope scope)
    {
        if (Rows.IsAlive(row) && Rows.Rows[row].IsWithin(scope))
            _admitted[row] = 1;
    }
}
