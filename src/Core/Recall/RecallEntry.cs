namespace Kith.Core.Recall;

/// <summary>What the index keeps of a message or a conclusion. The store remains the truth; an entry only finds it.</summary>
public sealed record RecallEntry
{
    public required string Workspace { get; init; }

    public required RecallKind Kind { get; init; }

    /// <summary>Message or conclusion id, unique in the workspace.</summary>
    public required string Id { get; init; }

    public required string Text { get; init; }

    /// <summary>Session of a message; session of an explicit conclusion, null when it has none.</summary>
    public string? Session { get; init; }

    /// <summary>Place in the session; 0 for conclusions.</summary>
    public long Sequence { get; init; }

    /// <summary>Author of a message; null for conclusions.</summary>
    public string? Peer { get; init; }

    /// <summary>Pair of a conclusion; null for messages.</summary>
    public string? Observer { get; init; }

    public string? Observed { get; init; }

    /// <summary>Level of a conclusion (<c>explicit</c>, <c>deductive</c>, …); null for messages.</summary>
    public string? Level { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Which embedding model made the vector (see <see cref="IEmbedder.Model"/>); it decides which queries compare it.</summary>
    public string? Model { get; init; }

    /// <summary>Unit length, or empty when not embedded (yet).</summary>
    public ReadOnlyMemory<float> Vector { get; init; }
}
