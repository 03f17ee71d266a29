using System.Text.Json;
using Kith.Core.Directory;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record PeerListing(JsonElement? Filters, PeerKinds Kind)
{
    public static PeerListing? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Optional("filters").FreeObject(),
        fields.Optional("kind").OneOf("literal_error", "scope", "all") switch
        {
            "scope" => PeerKinds.Scopes,
            "all" => PeerKinds.All,
            _ => PeerKinds.Peers,
        });
}
