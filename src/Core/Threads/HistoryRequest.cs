namespace Kith.Core.Threads;

/// <summary>Which messages go into a history. Limits that are null or 0 do not limit.</summary>
public sealed record HistoryRequest
{
    public bool IncludeSystem { get; init; } = true;

    /// <summary>Turns: a user's message with all that follows until the next one.</summary>
    public int? MaxTurns { get; init; }

    public int? MaxMessages { get; init; }

    /// <summary>Estimated tokens of the messages; what a layout puts around them is not counted, as upstream does not.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>Keeps important older messages too when tokens are limited; else the newest alone.</summary>
    public bool SmartCompaction { get; init; } = true;

    /// <summary>Puts the messages of the threads that this one branched from before its own, each up to the branch point.</summary>
    public bool IncludeParents { get; init; }
}
