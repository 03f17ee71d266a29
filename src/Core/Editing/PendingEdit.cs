namespace Kith.Core.Editing;

/// <summary>A message has another content since it was read: what was made of the one before is to be made anew. In the session's partition, written with the content.</summary>
internal sealed record PendingEdit
{
    public const string DocumentType = "edit";

    public string Type { get; } = DocumentType;

    public required string MessageId { get; init; }

    public required long Sequence { get; init; }

    /// <summary>Tells one reading from the next.</summary>
    public required string Run { get; init; }

    public static string IdOf(string message) => "$edit:" + message;
}
