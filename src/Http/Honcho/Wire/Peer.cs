using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Honcho.Wire;

internal sealed record Peer(string Id, string WorkspaceId, string CreatedAt, JsonElement Metadata, JsonElement Configuration)
{
    public static Peer Of(Core.Directory.Peer peer) =>
        new(peer.Name, peer.WorkspaceId, Moment.Format(peer.CreatedAt), peer.Metadata, peer.Configuration);
}
