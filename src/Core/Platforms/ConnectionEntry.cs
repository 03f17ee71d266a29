namespace Kith.Core.Platforms;

/// <summary>Says which workspace a connection is of: events name the connection only.</summary>
internal sealed record ConnectionEntry(string WorkspaceId, DateTimeOffset CreatedAt)
{
    public const string DocumentType = "connectionEntry";

    public string Type { get; } = DocumentType;
}
