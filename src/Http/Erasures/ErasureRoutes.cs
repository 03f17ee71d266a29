using Kith.Core.Storage;
using Kith.Http.Access;
using Kith.Http.Erasures.Requests;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Erasures;

/// <summary>Erasures as jobs with a receipt, and the proof that nothing is left.</summary>
internal static class ErasureRoutes
{
    public static void MapErasures(this IEndpointRouteBuilder routes)
    {
        var erasures = routes.MapGroup("/v1/workspaces/{workspace}/erasures").AddEndpointFilter(Gate.FilterAsync).WithTags("erasures");
        erasures.MapPost("", StartAsync).Is("start_erasure", "Erase a message, a session, a peer, a conclusion or the workspace everywhere", Guard.Workspace).Reads<ErasureCreate>().Answers<Wire.Erasure>(202);
        erasures.MapGet("", ListAsync).Is("list_erasures", "The receipts of a workspace, newest first", Guard.Workspace).Paged().Answers<Honcho.Wire.Page<Wire.Erasure>>(200);
        erasures.MapGet("/{erasure}", FindAsync).Is("get_erasure", "How far an erasure is, and its receipt", Guard.Workspace).Answers<Wire.Erasure>(200);
        erasures.MapGet("/{erasure}/proof", ProveAsync).Is("prove_erasure", "Search every store for what is left of an erased target", Guard.Workspace).Answers<Wire.Proof>(200);
    }

    private static async Task<IResult> StartAsync(ApiRequest request, string workspace, Core.Erasing.Erasures erasures, IDocumentStore store)
    {
        var erasure = await erasures.StartAsync(workspace, request.Read(ErasureCreate.Read).Target(), request.Aborted);
        request.Context.Response.Headers.Location = $"/v1/workspaces/{workspace}/erasures/{erasure.Id}";
        return Reply.Json(Wire.Erasure.Of(erasure, store.Backups), ErasureJson.Relaxed, StatusCodes.Status202Accepted);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Core.Erasing.Erasures erasures, IDocumentStore store)
    {
        var paging = request.Paging();
        request.Check();
        var page = await erasures.ListAsync(workspace, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.Erasure>.Of(page, paging, erasure => Wire.Erasure.Of(erasure, store.Backups)), ErasureJson.Relaxed);
    }

    private static async Task<IResult> FindAsync(ApiRequest request, string workspace, string erasure, Core.Erasing.Erasures erasures, IDocumentStore store) =>
        Reply.Json(Wire.Erasure.Of(await erasures.GetAsync(workspace, erasure, request.Aborted), store.Backups), ErasureJson.Relaxed);

    private static async Task<IResult> ProveAsync(ApiRequest request, string workspace, string erasure, Core.Erasing.Erasures erasures) =>
        Reply.Json(Wire.Proof.Of(await erasures.ProveAsync(workspace, erasure, request.Aborted)), ErasureJson.Relaxed);
}
