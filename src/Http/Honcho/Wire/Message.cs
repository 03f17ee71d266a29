using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Message(string Id, string Content, string PeerId, string SessionId, JsonElement Metadata, string CreatedAt, string WorkspaceId, int TokenCount)
{
    public static Message Of(Core.Conversations.Message message) => new(
        message.Id, message.Content, message.PeerId, message.SessionId, message.Metadata, Moment.Format(message.CreatedAt), message.WorkspaceId, message.TokenCount);

    /// <summary>The reply to a creation says the time in the client's own words (spec honcho-api §1, "Datetimes out").</summary>
    public static Message Of(Core.Conversations.Message message, Moment? said) =>
        said is null ? Of(message) : Of(message) with { CreatedAt = said.Text };
}
