using System.Text.Json;
using Kith.Core;
using Kith.Core.Conversations;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record MessageCreate(string Content, string PeerId, JsonElement? Metadata = null, JsonElement? Configuration = null, Moment? CreatedAt = null, string? ClientId = null)
{
    public static MessageCreate? Read(Input message, Dialect dialect) => message.Object() is not { } fields ? null : new(
        fields.Required("content").Text(max: Limits.MessageCharacters)!,
        fields.Required("peer_id").Text()!,
        dialect.ReadMetadata(fields.Optional("metadata")),
        Requests.Configuration.ReadOfMessage(fields.Optional("configuration"), dialect),
        fields.Optional("created_at").Time(),
        fields.Optional("client_id").Text(min: 1, max: Limits.ClientIdCharacters));

    public NewMessage ToMessage() => new(PeerId, Content) { Metadata = Metadata, Configuration = Configuration, CreatedAt = CreatedAt?.Instant, ClientId = ClientId };
}
