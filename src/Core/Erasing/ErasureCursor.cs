namespace Kith.Core.Erasing;

/// <summary>Where an erasure is. What a piece takes away is counted in the write that chooses it, so that a repeat after a death counts nothing twice.</summary>
internal sealed record ErasureCursor
{
    public ErasureStage Stage { get; init; }

    /// <summary>Counts the pieces.</summary>
    public int Piece { get; init; }

    public string? Session { get; init; }

    /// <summary>The session before it.</summary>
    public string? Last { get; init; }

    /// <summary>Messages of the session up to here are erased.</summary>
    public long After { get; init; }

    /// <summary>Of a message that has copies: sessions that are still to be looked through.</summary>
    public IReadOnlyList<string> Sessions { get; init; } = [];

    /// <summary>Messages of the piece.</summary>
    public IReadOnlyList<string> Messages { get; init; } = [];

    /// <summary>Pairs of the piece.</summary>
    public IReadOnlyList<Pair> Pairs { get; init; } = [];

    /// <summary>Until when the proof waits for what was under way; null before it has been asked for.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>How often something was found to be left.</summary>
    public int Attempts { get; init; }

    public ErasureCursor To(ErasureStage stage) => this with { Stage = stage, Piece = Piece + 1, Messages = [], Pairs = [] };

    internal sealed record Pair(string Observer, string Observed);
}
