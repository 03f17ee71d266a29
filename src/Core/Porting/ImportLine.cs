using System.Text.Json;

namespace Kith.Core.Porting;

/// <summary>One thing to import: exactly one member is set.</summary>
public sealed record ImportLine
{
    /// <summary>A document as it was exported.</summary>
    public PortableDocument? Document { get; init; }

    public ImportedPeer? Peer { get; init; }

    public ImportedSession? Session { get; init; }

    /// <summary>Something said, to be stored and derived like what is said to Kith.</summary>
    public ImportedMessage? Message { get; init; }

    public ImportedConclusion? Conclusion { get; init; }

    public ImportedCard? Card { get; init; }

    public sealed record PortableDocument(Storage.Container Container, string Second, string? Third, string Id, string Kind, JsonElement Body);

    public sealed record ImportedPeer(string Id, JsonElement? Metadata = null, JsonElement? Configuration = null);

    public sealed record ImportedSession(string Id, JsonElement? Metadata = null, JsonElement? Configuration = null, IReadOnlyList<string>? Peers = null);

    public sealed record ImportedMessage(string Session, string Peer, string Id, string Content, DateTimeOffset? CreatedAt, JsonElement? Metadata = null);

    public sealed record ImportedConclusion(string Id, string Observer, string Observed, string Content, string? Session, DateTimeOffset? CreatedAt);

    public sealed record ImportedCard(string Observer, string Observed, IReadOnlyList<string> Lines);
}
