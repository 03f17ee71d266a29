using System.Text.Json.Nodes;

namespace Kith.Client;

/// <summary>What a file's messages get with them.</summary>
public sealed record UploadOptions
{
    /// <summary><c>application/pdf</c>, <c>application/json</c> or <c>text/…</c>. Null: by the ending of the file's name.</summary>
    public string? ContentType { get; init; }

    /// <summary>Of each message; up to 100 members, nested up to 5 levels.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Of each message.</summary>
    public MessageConfiguration? Configuration { get; init; }

    /// <summary>When it was written; null: now.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
}
