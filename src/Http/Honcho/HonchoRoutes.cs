using Kith.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>The Honcho v3 protocol (spec honcho-api).</summary>
internal static class HonchoRoutes
{
    public static void MapHoncho(this IEndpointRouteBuilder routes)
    {
        var v3 = routes.MapGroup("/v3").AddEndpointFilter(Gate.FilterAsync).WithMetadata(Dialect.V3);
        v3.MapKeys();
        v3.MapWorkspaces();
        v3.MapPeers();
        v3.MapSessions();
        v3.MapMessages();
        v3.MapConclusions();
        v3.MapScopes();
        v3.MapWebhooks();
    }
}
