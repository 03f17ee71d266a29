using System.Text.Json.Nodes;

namespace Kith.Client;

/// <summary>A message before it is sent; <see cref="Peer.Message"/> makes one.</summary>
/// <param name="Peer">Who says it.</param>
/// <param name="Content">What is said: up to 25,000 characters.</param>
public sealed record MessageDraft(PeerId Peer, string Content)
{
    /// <summary>Up to 100 members of your own, nested up to 5 levels.</summary>
    public JsonObject? Metadata { get; init; }

    /// <summary>Whether and how memory is formed of this message.</summary>
    public MessageConfiguration? Configuration { get; init; }

    /// <summary>When it was said, for what comes from elsewhere; null: now. The order of a session is that of sending.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Your own id of the message in its session. Kith stores a message of the same id once, however often it is sent; Honcho's server ignores it.</summary>
    public string? ClientId { get; init; }
}
