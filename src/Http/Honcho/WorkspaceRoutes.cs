using Kith.Core;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Core.Work;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.1.</summary>
internal static class WorkspaceRoutes
{
    public static void MapWorkspaces(this IEndpointRouteBuilder routes)
    {
        var workspaces = routes.MapGroup("/workspaces").WithTags("workspaces");
        workspaces.MapPost("", CreateAsync).Is("create_workspace", "Get or create a workspace", Guard.Self).Reads<WorkspaceCreate>().Answers<Wire.Workspace>(201, 200);
        workspaces.MapPost("/list", ListAsync).Is("list_workspaces", "List workspaces", Guard.Admin).OnlyReads().MayRead<Listing>().Paged().Answers<Wire.Page<Wire.Workspace>>(200);

        var workspace = workspaces.MapGroup("/{workspace}");
        workspace.MapPut("", UpdateAsync).Is("update_workspace", "Update a workspace", Guard.Workspace).Reads<Update>().Answers<Wire.Workspace>(200);
        workspace.MapDelete("", DeleteAsync).Is("delete_workspace", "Delete a workspace", Guard.Workspace).Answers<Wire.Accepted>(202);
        workspace.MapPost("/search", SearchAsync).Is("search_workspace", "Search the messages of a workspace", Guard.Workspace).OnlyReads().Reads<WorkspaceSearch>().Answers<IReadOnlyList<Wire.Message>>(200);
        workspace.MapGet("/queue/status", QueueAsync).Is("get_queue_status", "How far background work is", Guard.Workspace)
            .Query("string", "observer_id", "sender_id", "session_id").Answers<Wire.QueueStatus>(200);
        workspace.MapPost("/schedule_dream", DreamAsync).Is("schedule_dream", "Ask for a consolidation of what one peer knows about another", Guard.Workspace).Reads<DreamSchedule>().AnswersNothing();
        workspace.MapPost("/chat", ChatHandlers.AskWorkspaceAsync).Is("workspace_chat", "Ask the memory of a whole workspace", Guard.Workspace).OnlyReads().Reads<Chat>().Answers<Wire.ChatAnswer>(200);
    }

    public static async Task<IResult> CreateAsync(ApiRequest request, Workspaces workspaces)
    {
        var body = request.Read(WorkspaceCreate.Read);
        if (!request.Caller.IsAdmin && request.Caller.Workspace != body.Id)
            throw new KithException(ErrorCode.Forbidden, Gate.Unauthorized);
        var (workspace, created) = await workspaces.GetOrCreateAsync(body.Id, body.Metadata, body.Configuration, request.Aborted);
        return Reply.Created(Wire.Workspace.Of(workspace, request.Dialect), created, request.Dialect);
    }

    public static async Task<IResult> ListAsync(ApiRequest request, Workspaces workspaces)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(Listing.Read);
        var page = await workspaces.ListAsync(paging, Filtering.OfWorkspaces(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<Wire.Workspace>.Of(page, paging, workspace => Wire.Workspace.Of(workspace, request.Dialect)));
    }

    public static async Task<IResult> UpdateAsync(ApiRequest request, string workspace, Workspaces workspaces)
    {
        var body = request.Read(Update.Read);
        return Reply.Json(Wire.Workspace.Of(await workspaces.UpdateAsync(workspace, body.Metadata, body.Configuration, request.Aborted), request.Dialect));
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, Workspaces workspaces)
    {
        await workspaces.DeleteAsync(workspace, request.Aborted);
        return Reply.Json(new Wire.Accepted("Workspace deletion accepted"), StatusCodes.Status202Accepted);
    }

    public static async Task<IResult> SearchAsync(ApiRequest request, string workspace, MessageSearch search, Scopes scopes)
    {
        var body = request.Read(WorkspaceSearch.Read);
        if (body.Scope is not null && Filtering.Names(body.Filters, "session_id"))
            throw new KithException(ErrorCode.Invalid, "scope cannot be combined with filters.session_id");
        var sessions = body.Scope is null ? null : await scopes.AllowlistAsync(workspace, [body.Scope], request.Aborted);
        var found = await search.SearchAsync(Filtering.OfSearch(new MessageSearchRequest(workspace, body.Query) { Limit = body.Limit, Sessions = sessions }, body.Filters), request.Aborted);
        return SearchReply.Of(request, found, body.Query, body.IncludeScores);
    }

    public static async Task<IResult> QueueAsync(ApiRequest request, string workspace, Queues queues)
    {
        var session = request.QueryText("session_id");
        var status = await queues.StatusAsync(workspace, request.QueryText("observer_id"), request.QueryText("sender_id"), session, request.Aborted);
        return Reply.Json(Wire.QueueStatus.Of(status, bySession: session is null));
    }

    public static async Task<IResult> DreamAsync(ApiRequest request, string workspace, Dreams dreams)
    {
        var body = request.Read(DreamSchedule.Read);
        await dreams.ScheduleAsync(workspace, body.Observer, body.Observed ?? body.Observer, body.Rebuild, request.Aborted);
        return Reply.Nothing;
    }
}
