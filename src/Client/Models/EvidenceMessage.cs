namespace Kith.Client.Models;

/// <summary>A message that an answer rests on.</summary>
public sealed record EvidenceMessage
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>Its session.</summary>
    public string SessionId { get; init; } = "";

    /// <summary>Who said it.</summary>
    public string PeerId { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset CreatedAt { get; init; }
}
