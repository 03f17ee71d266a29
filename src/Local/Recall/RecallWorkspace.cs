using Kith.Core.Recall;
using Kith.Core.Recall.Ranking;

namespace Kith.Local.Recall;

/// <summary>A workspace in memory.</summary>
internal sealed class RecallWorkspace(int dimensions)
{
    /// <summary>What a workspace costs however little it holds, in entries.</summary>
    private const int OwnWeight = 20;

    private static long _clock;

    private long _lastUsed;

    public RecallShelf Messages { get; } = new(dimensions);

    public RecallShelf Conclusions { get; } = new(dimensions);

    public int Alive => Messages.Alive + Conclusions.Alive;

    public int Dead => Messages.Dead + Conclusions.Dead;

    /// <summary>Memory that it takes, in entries.</summary>
    public int Weight => Alive + Dead + OwnWeight;

    /// <summary>Place in the order of uses, not a time.</summary>
    public long LastUsed => Volatile.Read(ref _lastUsed);

    public RecallShelf Shelf(RecallKind kind) => kind == RecallKind.Message ? Messages : Conclusions;

    public void Used() => Volatile.Write(ref _lastUsed, Interlocked.Increment(ref _clock));
}
