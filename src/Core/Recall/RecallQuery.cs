namespace Kith.Core.Recall;

/// <summary>A search. With <see cref="MaxDistance"/> or without text it ranks by vector distance alone, else both ranks are fused.</summary>
public sealed record RecallQuery(RecallScope Scope)
{
    /// <summary>May be empty.</summary>
    public string Text { get; init; } = "";

    /// <summary>Which embedding model made the vector. Vectors of other models are not compared: their entries are found by text alone.</summary>
    public string? Model { get; init; }

    /// <summary>Unit length; empty when embeddings are not available: the search then ranks by text alone.</summary>
    public ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>Cosine distance (1 - cosine, 0 to 2) that no hit exceeds.</summary>
    public double? MaxDistance { get; init; }

    /// <summary>Ranks by vector distance alone even when there is a text.</summary>
    public bool VectorOnly { get; init; }

    /// <summary>Leaves out what has no word of the text in it or around it and a vector no nearer than chance allows: such a vector gives no place.</summary>
    public bool MatchesOnly { get; init; }

    /// <summary>1 to 1,000.</summary>
    public int Limit { get; init; } = 10;

    /// <summary>Entries to be ranked together with the index's own although the index may not hold them yet. Those that it holds are ignored.</summary>
    public IReadOnlyList<RecallEntry> Tail { get; init; } = [];
}
