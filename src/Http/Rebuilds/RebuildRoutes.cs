using Kith.Core;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Rebuilds.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Rebuilds;

/// <summary>Projections made anew from messages, as jobs with progress.</summary>
internal static class RebuildRoutes
{
    public static void MapRebuilds(this IEndpointRouteBuilder routes)
    {
        var rebuilds = routes.MapGroup("/v1/workspaces/{workspace}/rebuilds").AddEndpointFilter(Gate.FilterAsync).WithTags("rebuilds");
        rebuilds.MapPost("", StartAsync).Is("start_rebuild", "Make conclusions, summaries or the index anew from messages", Guard.Workspace).MayRead<RebuildCreate>().Answers<Wire.Rebuild>(202);
        rebuilds.MapGet("", ListAsync).Is("list_rebuilds", "The rebuilds of a workspace, newest first", Guard.Workspace).Paged().Answers<Honcho.Wire.Page<Wire.Rebuild>>(200);
        rebuilds.MapGet("/{rebuild}", FindAsync).Is("get_rebuild", "How far a rebuild is", Guard.Workspace).Answers<Wire.Rebuild>(200);
    }

    private static async Task<IResult> StartAsync(ApiRequest request, string workspace, Core.Rebuilding.Rebuilds rebuilds)
    {
        var body = request.ReadOptional(RebuildCreate.Read) ?? new RebuildCreate();
        var rebuild = await rebuilds.StartAsync(body.In(workspace), request.Aborted);
        request.Context.Response.Headers.Location = $"/v1/workspaces/{workspace}/rebuilds/{rebuild.Id}";
        return Reply.Json(Wire.Rebuild.Of(rebuild), RebuildJson.Relaxed, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Core.Rebuilding.Rebuilds rebuilds)
    {
        var paging = request.Paging();
        request.Check();
        var page = await rebuilds.ListAsync(workspace, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.Rebuild>.Of(page, paging, Wire.Rebuild.Of), RebuildJson.Relaxed);
    }

    private static async Task<IResult> FindAsync(ApiRequest request, string workspace, string rebuild, Core.Rebuilding.Rebuilds rebuilds) =>
        await rebuilds.FindAsync(workspace, rebuild, request.Aborted) is { } found
            ? Reply.Json(Wire.Rebuild.Of(found), RebuildJson.Relaxed)
            : throw new KithException(ErrorCode.NotFound, $"Rebuild {rebuild} not found in workspace {workspace}");
}
