using System.Text.Json;
using Kith.Core.Directory;

namespace Kith.Core.Conversations;

/// <summary>A message to be stored. NULs are removed from text.</summary>
/// <param name="PeerId">The author, created when new.</param>
/// <param name="Content">At most <see cref="Limits.MessageCharacters"/> characters; may be empty.</param>
public sealed record NewMessage(string PeerId, string Content)
{
    /// <summary>A valid and unused id; made by Kith when null.</summary>
    public string? Id { get; init; }

    /// <summary>The client's own name for the message in its session, at most <see cref="Limits.ClientIdCharacters"/> characters: a message that has it already is returned and not stored again.</summary>
    public string? ClientId { get; init; }

    public JsonElement? Metadata { get; init; }

    /// <summary>The message's own <c>{reasoning?}</c> (spec honcho-api §5.2).</summary>
    public JsonElement? Configuration { get; init; }

    /// <summary>See <see cref="Message.DoorFields"/>.</summary>
    public JsonElement? DoorFields { get; init; }

    /// <summary>How the author joins where it is no member yet.</summary>
    public MemberSettings Joining { get; init; } = MemberSettings.Default;

    /// <summary>When it was said; now when null. Order goes by arrival, never by this.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Said now, in a millisecond that no other such message of the session has, after those of all before it. Takes the place of <see cref="CreatedAt"/>.</summary>
    public bool HasOwnMillisecond { get; init; }
}
