using System.Text.Json;
using Kith.Core.Directory;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

/// <param name="Kind"><c>scope</c>, <c>all</c>, or null for peers only.</param>
internal sealed record PeerListing(JsonElement? Filters = null, string? Kind = null)
{
    public static PeerListing? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Optional("filters").FreeObject(), fields.Optional("kind").OneOf("literal_error", "scope", "all"));

    public PeerKinds ToKinds() => Kind switch
    {
        "scope" => PeerKinds.Scopes,
        "all" => PeerKinds.All,
        _ => PeerKinds.Peers,
    };
}
