using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Access;
using Kith.Http.Agents.Requests;
using Kith.Http.Eliza;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Agents;

/// <summary>The agents of a workspace: who answers for them, and how long their sessions live.</summary>
internal static class AgentRoutes
{
    public static void MapAgents(this IEndpointRouteBuilder routes)
    {
        var agents = routes.MapGroup("/v1/workspaces/{workspace}/agents").AddEndpointFilter(Gate.FilterAsync).WithTags("agents");
        agents.MapGet("", ListAsync).Is("list_agents", "List the agents of a workspace", Guard.Workspace).Answers<IReadOnlyList<Wire.Agent>>(200);
        agents.MapGet("/{agent}", GetAsync).Is("get_agent", "Get an agent", Guard.Workspace).Answers<Wire.Agent>(200);
        agents.MapPut("/{agent}", PutAsync).Is("put_agent", "Register an agent, or change it", Guard.Workspace).Reads<AgentChange>().Answers<Wire.Agent>(201, 200);
        agents.MapDelete("/{agent}", DeleteAsync).Is("delete_agent", "Forget an agent; its sessions stay", Guard.Workspace).AnswersNothing();
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Core.Agency.Agents agents) =>
        Reply.Json<IReadOnlyList<Wire.Agent>>([.. (await agents.ListAsync(workspace, request.Aborted)).Select(Wire.Agent.Of)], AgentsJson.Relaxed);

    private static async Task<IResult> GetAsync(ApiRequest request, string workspace, string agent, Core.Agency.Agents agents) =>
        Reply.Json(Wire.Agent.Of(await agents.GetAsync(workspace, IdOf(agent), request.Aborted)), AgentsJson.Relaxed);

    private static async Task<IResult> PutAsync(ApiRequest request, string workspace, string agent, Core.Agency.Agents agents, ElizaOptions options)
    {
        var id = IdOf(agent);
        var change = request.Read(body => AgentChange.Read(body, options.AllowsPrivateResponders));
        var (changed, created) = await agents.PutAsync(workspace, id, current => change.Apply(id, workspace, current), request.Aborted);
        return Reply.Json(Wire.Agent.Of(changed), AgentsJson.Relaxed, created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string agent, Core.Agency.Agents agents)
    {
        await agents.DeleteAsync(workspace, IdOf(agent), request.Aborted);
        return Reply.Nothing;
    }

    private static string IdOf(string agent) => Uuids.Read(agent) ?? throw new KithException(ErrorCode.Invalid, "The id of an agent is a UUID");
}
