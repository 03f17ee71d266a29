namespace Kith.Core.Directory;

/// <summary>A peer that is the same person as another. Both keep what they said and what is known of them.</summary>
public sealed record Link
{
    internal const string DocumentType = "link";

    public string Type { get; } = DocumentType;

    /// <summary>For example a person's account on one platform.</summary>
    public required string Peer { get; init; }

    /// <summary>The peer that stands for the person.</summary>
    public required string Person { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
