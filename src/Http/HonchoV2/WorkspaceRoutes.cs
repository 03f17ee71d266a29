using Kith.Core;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Kith.Http.HonchoV2.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>Spec honcho-api §12.2.</summary>
internal static class WorkspaceRoutes
{
    private static readonly TimeSpan DeletionPoll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan DeletionPatience = TimeSpan.FromSeconds(10);

    public static void MapWorkspaces(this IEndpointRouteBuilder routes)
    {
        var workspaces = routes.MapGroup("/workspaces").WithTags("v2 workspaces");
        workspaces.MapPost("", Honcho.WorkspaceRoutes.CreateAsync).Is("v2_create_workspace", "Get or create a workspace", Guard.Self).Reads<WorkspaceCreate>().Answers<Honcho.Wire.Workspace>(200);
        workspaces.MapPost("/list", Honcho.WorkspaceRoutes.ListAsync).Is("v2_list_workspaces", "List workspaces", Guard.Admin).OnlyReads().MayRead<Listing>().Paged().Answers<Honcho.Wire.Page<Honcho.Wire.Workspace>>(200);

        var workspace = workspaces.MapGroup("/{workspace}");
        workspace.MapPut("", Honcho.WorkspaceRoutes.UpdateAsync).Is("v2_update_workspace", "Update a workspace", Guard.Workspace).Reads<Update>().Answers<Honcho.Wire.Workspace>(200);
        workspace.MapDelete("", DeleteAsync).Is("v2_delete_workspace", "Delete a workspace with all its sessions", Guard.Workspace).Answers<Honcho.Wire.Workspace>(200);
        workspace.MapPost("/search", Honcho.WorkspaceRoutes.SearchAsync).Is("v2_search_workspace", "Search the messages of a workspace", Guard.Workspace).OnlyReads().Reads<WorkspaceSearch>().Answers<IReadOnlyList<Honcho.Wire.Message>>(200);
        workspace.MapGet("/deriver/status", Honcho.WorkspaceRoutes.QueueAsync).Is("v2_get_deriver_status", "How far background work is", Guard.Workspace)
            .Query("string", "observer_id", "sender_id", "session_id").Answers<Honcho.Wire.QueueStatus>(200);
        workspace.MapPost("/trigger_dream", DreamAsync).Is("v2_trigger_dream", "Ask for a consolidation of what one peer knows about another", Guard.Workspace).Reads<DreamRequest>().AnswersNothing();
    }

    /// <summary>The original deletes before it answers, so this waits for the worker; what takes longer goes on after the answer.</summary>
    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, Workspaces workspaces, TimeProvider time)
    {
        // In the original's words.
        if (await workspaces.FindAsync(workspace, request.Aborted) is null)
            throw new KithException(ErrorCode.NotFound, "Resource not found");
        var deleted = await workspaces.DeleteWithSessionsAsync(workspace, request.Aborted);
        var asked = time.GetTimestamp();
        while (time.GetElapsedTime(asked) < DeletionPatience && await workspaces.FindAsync(workspace, request.Aborted) is not null)
            await Task.Delay(DeletionPoll, time, request.Aborted);
        return Reply.Json(Honcho.Wire.Workspace.Of(deleted, request.Dialect));
    }

    private static async Task<IResult> DreamAsync(ApiRequest request, string workspace, Dreams dreams)
    {
        var body = request.Read(DreamRequest.Read);
        await dreams.ScheduleAsync(workspace, body.Observer, body.Observed ?? body.Observer, rebuildCard: false, request.Aborted);
        return Reply.Nothing;
    }
}
