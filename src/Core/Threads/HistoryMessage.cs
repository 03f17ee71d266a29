namespace Kith.Core.Threads;

/// <summary>What a history needs to know of a message.</summary>
public sealed record HistoryMessage(string Role, string Content)
{
    /// <summary>Content beyond so many characters makes a message important.</summary>
    private const int ImportantCharacters = 500;

    public ThreadFields Fields { get; init; } = ThreadFields.None;

    public bool HasMetadata { get; init; }

    public bool HasFiles => Fields.Files is { Count: > 0 };

    /// <summary>Tokens of content and file paths, estimated.</summary>
    public int Tokens => TokenEstimate.Of(HasFiles ? $"{Content} {string.Join(' ', Fields.Files!)}" : Content);

    /// <summary>What a smart selection keeps of the older part if it fits (spec modelchorus §4.7).</summary>
    public bool IsImportant => HasFiles || HasMetadata || Fields.WorkflowName is { Length: > 0 } || Limits.Exceeds(Content, ImportantCharacters);

    internal static HistoryMessage Of(ThreadMessage message) => new(message.Role, message.Content)
    {
        Fields = message.Fields,
        HasMetadata = message.Metadata.EnumerateObject().Any(),
    };
}
