using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Kith.Core.Recall.Ranking;

/// <summary>
/// The entries of one kind of one workspace in memory: postings by term, author, session and pair, and vectors. One writer at a time;
/// readers take <see cref="Rows"/> once and see everything below its count, so that they never wait.
/// A replaced or deleted entry leaves a dead row until the shelf is loaded anew.
/// </summary>
/// <param name="dimensions">Length of the vectors that are kept; an entry with another one is found by text alone.</param>
/// <param name="capacity">Entries that are expected, where that is known: a small shelf takes little memory.</param>
public sealed class RecallShelf(int dimensions, int capacity = int.MaxValue)
{
    private const int BlockRows = 4096;

    private readonly ConcurrentDictionary<string, PostingList> _terms = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PostingList> _sessions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, PostingList> _peers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string, string), PostingList> _pairs = new();
    private readonly ConcurrentDictionary<string, ImmutableArray<string>> _peersByName = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Session, long Sequence), int> _places = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<PostingList, int> _counts = [];
    private ShelfRows _rows = ShelfRows.Empty;

    internal ShelfRows Rows => Volatile.Read(ref _rows);

    internal VectorBlocks Vectors { get; } = new(dimensions, Math.Clamp(capacity, 1, BlockRows));

    public int Alive => _ids.Count;

    public int Dead => Rows.Count - _ids.Count;

    /// <summary>Whether a row below the limit holds the id.</summary>
    internal bool Holds(string id, int limit) => _ids.TryGetValue(id, out var row) && row < limit;

    internal PostingList? Term(ReadOnlySpan<char> term) =>
        _terms.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var list) ? list : null;

    internal PostingList? Session(string session) => _sessions.GetValueOrDefault(session);

    internal PostingList? Peer(string peer) => _peers.GetValueOrDefault(peer);

    internal PostingList? Pair(string observer, string observed) => _pairs.GetValueOrDefault((observer, observed));

    /// <summary>Authors whose id contains the word: ids are split where they are written in parts.</summary>
    internal ImmutableArray<string> PeersNamed(ReadOnlySpan<char> term) =>
        _peersByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(term, out var peers) ? peers : [];

    /// <summary>The row at a place of a session, or -1.</summary>
    internal int At(string session, long sequence) => _places.GetValueOrDefault((session, sequence), -1);

    /// <summary>Adds an entry, or replaces the one with its id.</summary>
    public void Put(RecallEntry entry)
    {
        entry = entry with
        {
            Session = Once(entry.Session),
            Peer = Once(entry.Peer),
            Observer = Once(entry.Observer),
            Observed = Once(entry.Observed),
            Level = Once(entry.Level),
        };
        var row = _rows.Count;
        if (entry.Session is not null)
            _sessions.GetOrAdd(entry.Session, _ => new PostingList()).Append(row, 1);
        if (entry.Peer is not null)
            AppendPeer(entry.Peer, row);
        if (entry is { Observer: { } observer, Observed: { } observed })
            _pairs.GetOrAdd((observer, observed), _ => new PostingList()).Append(row, 1);
        if (!entry.Vector.IsEmpty && entry.Vector.Length == dimensions)
            Vectors.Set(row, entry.Vector.Span);

        var length = AppendTerms(entry.Text, row);
        if (_ids.TryGetValue(entry.Id, out var replaced))
            _rows.DeadFrom[replaced] = row + 1;
        Publish(RowOf(entry), length);
        _ids[entry.Id] = row;
        if (entry is { Session: not null, Kind: RecallKind.Message })
            _places[(entry.Session, entry.Sequence)] = row;
    }

    public void Remove(string id)
    {
        if (_ids.TryRemove(id, out var row))
            _rows.DeadFrom[row] = 1;
    }

    public void RemoveSession(string session)
    {
        if (!_sessions.TryGetValue(session, out var rows))
            return;
        foreach (var row in rows.Read(int.MaxValue))
        {
            if (_rows.DeadFrom[row] == 0)
                Remove(_rows.Rows[row].Id);
        }
    }

    internal static RecallRow RowOf(RecallEntry entry) => new()
    {
        Id = entry.Id,
        Session = entry.Session,
        Sequence = entry.Sequence,
        Peer = entry.Peer,
        Observer = entry.Observer,
        Observed = entry.Observed,
        Level = entry.Level,
        CreatedAt = entry.CreatedAt,
    };

    /// <summary>The same text in one piece of memory: a workspace has few names and many rows.</summary>
    private string? Once(string? name)
    {
        if (name is null)
            return null;
        if (_names.TryGetValue(name, out var known))
            return known;
        _names.Add(name);
        return name;
    }

    private void AppendPeer(string peer, int row)
    {
        if (!_peers.ContainsKey(peer))
        {
            var reader = new TermReader(peer, stackalloc char[TermReader.ScratchLength]);
            while (reader.Read())
            {
                if (!reader.IsStopWord)
                    _peersByName.AddOrUpdate(reader.Term.ToString(), [peer], (_, peers) => peers.Contains(peer) ? peers : peers.Add(peer));
            }
        }

        _peers.GetOrAdd(peer, _ => new PostingList()).Append(row, 1);
    }

    private int AppendTerms(string text, int row)
    {
        _counts.Clear();
        var length = 0;
        var terms = _terms.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
        {
            if (!terms.TryGetValue(reader.Term, out var list))
                terms[reader.Term] = list = new PostingList();
            CollectionsMarshal.GetValueRefOrAddDefault(_counts, list, out _)++;
            if (!reader.IsStopWord)
                length++;
        }

        foreach (var (list, count) in _counts)
            list.Append(row, (byte)Math.Min(count, byte.MaxValue));
        return length;
    }

    private void Publish(RecallRow row, int length)
    {
        var (rows, lengths, deadFrom, count, total) = _rows;
        if (count == rows.Length)
        {
            var capacity = Math.Max(64, count * 2);
            Array.Resize(ref rows, capacity);
            Array.Resize(ref lengths, capacity);
            Array.Resize(ref deadFrom, capacity);
        }

        rows[count] = row;
        lengths[count] = (byte)Math.Min(length, byte.MaxValue);
        Volatile.Write(ref _rows, new ShelfRows(rows, lengths, deadFrom, count + 1, total + length));
    }
}
