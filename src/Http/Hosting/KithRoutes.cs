using Kith.Http.Access;
using Kith.Http.Agents;
using Kith.Http.Connections;
using Kith.Http.Eliza;
using Kith.Http.Erasures;
using Kith.Http.Events;
using Kith.Http.Honcho;
using Kith.Http.HonchoV2;
using Kith.Http.Hooks;
using Kith.Http.Keys;
using Kith.Http.Links;
using Kith.Http.Mcp;
using Kith.Http.Memory;
using Kith.Http.Pages;
using Kith.Http.Porting;
using Kith.Http.Rebuilds;
using Kith.Http.Threads;
using Kith.Http.Work;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Hosting;

/// <summary>The one route table that every host serves.</summary>
public static class KithRoutes
{
    public static IEndpointRouteBuilder MapKith(this IEndpointRouteBuilder routes)
    {
        routes.MapOpenApi("/openapi.json").WithMetadata(new GuardMetadata(Guard.Open));
        routes.MapPages();
        routes.MapConsole();
        routes.MapHoncho();
        routes.MapHonchoV2();
        routes.MapManagedKeys();
        routes.MapMemory();
        routes.MapTimeline();
        routes.MapUsage();
        routes.MapRebuilds();
        routes.MapErasures();
        routes.MapPorting();
        routes.MapQueues();
        routes.MapFailedSteps();
        routes.MapEvents();
        routes.MapLinks();
        routes.MapConnections();
        HookRoutes.Map(routes);
        routes.MapThreads();
        routes.MapAgents();
        routes.MapEliza();
        routes.MapMcp();
        return routes;
    }
}
