namespace Kith.Client.Threads;

/// <summary>How much of a thread goes into a history. Limits apply in the order system messages, turns, messages, tokens; null does not limit.</summary>
public sealed record HistoryOptions
{
    /// <summary>As messages, or as text.</summary>
    public HistoryFormat Format { get; init; }

    /// <summary>How many turns: a message of the user with all that follows until the next one.</summary>
    public int? MaxTurns { get; init; }

    /// <summary>How many messages.</summary>
    public int? MaxMessages { get; init; }

    /// <summary>How many tokens of four characters. The newest message is there even when it alone has more.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Whether system messages count.</summary>
    public bool IncludeSystem { get; init; } = true;

    /// <summary>Whether the text lists the files.</summary>
    public bool IncludeFiles { get; init; } = true;

    /// <summary>Gives 70 % of the tokens to the newest messages, and what is left to older important ones.</summary>
    public bool SmartCompaction { get; init; } = true;

    /// <summary>Begins with the threads that it branched from, each cut where its branch begins.</summary>
    public bool IncludeParents { get; init; }
}
