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
    public static SessionCreate? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("id", "name").Name()!,
        fields.Optional("metadata").Metadata(),
        Requests.Configuration.Read(fields.Optional("configuration")),
        Members.Read(fields.Optional("peers", "peer_names")),
        fields.Optional("scopes").List(scope => scope.Name(Limits.ScopeIdCharacters), max: Limits.ScopesPerRequest));
}
