using System.Text.Json;
using Kith.Core;
using Kith.Core.Directory;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record SessionCreate(
    string Id,
    JsonElement? Metadata = null,
    JsonElement? Configuration = null,
    IReadOnlyDictionary<string, MemberSettings>? Peers = null,
    IReadOnlyList<string>? Scopes = null)
{
    public static SessionCreate? Read(Input body, Dialect dialect) => body.Object() is not { } fields ? null : new(
        fields.Required("id", "name").Name()!,
        dialect.ReadMetadata(fields.Optional("metadata")),
        Requests.Configuration.Read(fields.Optional("configuration"), dialect),
        Members.Read(fields.Optional("peers", "peer_names")),
        fields.Optional("scopes").List(scope => scope.Name(Limits.ScopeIdCharacters), max: Limits.ScopesPerRequest));
}
