using Kith.Http.Access;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>
/// The Honcho v2 protocol (spec honcho-api §12): mostly v3's handlers under v2's paths and names, speaking <see cref="Dialect.V2"/>. What v3 added
/// to a shared handler works here too.
/// </summary>
internal static class HonchoV2Routes
{
    public static void MapHonchoV2(this IEndpointRouteBuilder routes)
    {
        var v2 = routes.MapGroup("/v2").AddEndpointFilter(Gate.FilterAsync).WithMetadata(Dialect.V2);
        v2.MapPost("/keys", KeyRoutes.CreateAsync).WithTags("v2 keys").Is("v2_create_key", "Create a key for a workspace, a peer or a session", Guard.Admin)
            .Query("string", "workspace_id", "peer_id", "session_id", "expires_at").Answers<Honcho.Wire.Key>(200);
        v2.MapWorkspaces();
        v2.MapPeers();
        v2.MapSessions();
        v2.MapMessages();
        v2.MapObservations();
        v2.MapWebhooks();
        v2.MapAliases();
    }
}
