using System.Text.Json;
using Kith.Core;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Scope(string Id, JsonElement Metadata, string CreatedAt)
{
    public static Scope Of(Core.Directory.Peer peer) => new(peer.Name[Names.ScopePrefix.Length..], peer.Metadata, Moment.Format(peer.CreatedAt));
}
