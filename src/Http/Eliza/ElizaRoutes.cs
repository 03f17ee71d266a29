using Kith.Http.Access;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Kith.Http.Eliza;

/// <summary>The ElizaOS Sessions protocol (spec eliza-sessions), and the list of agents that its users look at first.</summary>
internal static class ElizaRoutes
{
    public static void MapEliza(this IEndpointRouteBuilder routes)
    {
        // It counts from here.
        _ = routes.ServiceProvider.GetRequiredService<Uptime>();
        var api = routes.MapGroup("/api").AddEndpointFilter(Gate.FilterAsync).WithTags("eliza");
        api.MapGet("/agents", ListAgentsAsync).Is("eliza_list_agents", "List the agents of a workspace", Guard.Tenant);
        api.MapAgentSessions();
        api.MapAgentMessages();
    }

    private static async Task<IResult> ListAgentsAsync(ElizaRequest request, Core.Agency.Agents agents)
    {
        var known = await agents.ListAsync(request.Workspace, request.Aborted);
        return Reply.Json(new Wire.AgentList(true, new([.. known.Select(agent => new Wire.AgentList.Agent(agent.Id, agent.Name, "active"))])), ElizaJson.Relaxed);
    }
}
