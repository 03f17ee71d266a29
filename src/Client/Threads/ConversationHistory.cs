namespace Kith.Client.Threads;

/// <summary>A thread for the next model call.</summary>
public sealed record ConversationHistory
{
    /// <summary>As messages; empty where text was asked for.</summary>
    public IReadOnlyList<ConversationTurn> Messages { get; init; } = [];

    /// <summary>As text; null where messages were asked for.</summary>
    public string? Text { get; init; }

    /// <summary>How many messages it holds.</summary>
    public int MessageCount { get; init; }

    /// <summary>How many there are before the limits of the request.</summary>
    public int TotalMessages { get; init; }

    /// <summary>How many these limits leave out.</summary>
    public int Omitted { get; init; }

    /// <summary>How many more the thread itself hides.</summary>
    public long TruncatedCount { get; init; }

    /// <summary>Content and file paths at four characters each, without what the text adds around them.</summary>
    public int EstimatedTokens { get; init; }
}
