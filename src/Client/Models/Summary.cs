namespace Kith.Client.Models;

/// <summary>What stands for the older messages of a session.</summary>
public sealed record Summary
{
    /// <summary>The text.</summary>
    public required string Content { get; init; }

    /// <summary>The last message that it covers.</summary>
    public string MessageId { get; init; } = "";

    /// <summary><c>honcho_chat_summary_short</c> or <c>honcho_chat_summary_long</c>.</summary>
    public string SummaryType { get; init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Tokens of the text, in <c>o200k_base</c>.</summary>
    public int TokenCount { get; init; }
}
