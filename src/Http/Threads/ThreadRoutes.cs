using Kith.Core;
using Kith.Core.Directory;
using Kith.Core.Threads;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Threads.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Threads;

/// <summary>ModelChorus threads (spec modelchorus §8). A thread is a session, so that its route value is called so for the gate.</summary>
internal static class ThreadRoutes
{
    private const int MaxDepth = 100;
    private const int DefaultDepth = 20;

    public static void MapThreads(this IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspaces/{workspace}").AddEndpointFilter(Gate.FilterAsync).WithTags("threads");
        workspace.MapGet("/settings", SettingsAsync).Is("get_settings", "The settings of a workspace", Guard.Workspace).Answers<Wire.WorkspaceSettings>(200);
        workspace.MapPut("/settings", SetSettingsAsync).Is("set_settings", "Replace the settings of a workspace", Guard.Workspace).Reads<Wire.WorkspaceSettings>().Answers<Wire.WorkspaceSettings>(200);
        workspace.MapPost("/threads", CreateAsync).Is("create_thread", "Create a thread, or branch one", Guard.Self).Reads<ThreadCreate>().Answers<Wire.Thread>(201);
        workspace.MapGet("/threads", ListAsync).Is("list_threads", "List threads, the newest activity first", Guard.Workspace)
            .Query("string", "workflow", "status", "parent", "cursor").Query("integer", "limit").Answers<Wire.ThreadPage>(200);
        workspace.MapGet("/threads:statistics", StatisticsAsync).Is("get_thread_statistics", "Threads in figures", Guard.Workspace).Answers<Wire.ThreadStatistics>(200);
        workspace.MapPost("/threads:cleanup", CleanUpAsync).Is("clean_up_threads", "Remove expired or archived threads", Guard.Workspace).Reads<Cleanup>().Answers<Wire.Removed>(200);
        workspace.MapPost("/threads:import", ImportRoute.ImportAsync).Is("import_threads", "Take over threads from ModelChorus's files", Guard.Workspace).Reads<IReadOnlyList<ThreadDocument>>().Answers<Wire.ImportReport>(200);

        var thread = workspace.MapGroup("/threads/{session}");
        thread.MapGet("", GetAsync).Is("get_thread", "Get a thread", Guard.SessionMember).Query("string", "include").Answers<Wire.Thread>(200);
        thread.MapPatch("", UpdateAsync).Is("update_thread", "Change a thread's context, workflow and limits", Guard.Session).Reads<ThreadChange>().Answers<Wire.Thread>(200);
        thread.MapDelete("", DeleteAsync).Is("delete_thread", "Delete a thread and what was learnt in it", Guard.Session).Query("string", "children").AnswersNothing();
        thread.MapPost("/complete", CompleteAsync).Is("complete_thread", "Mark a thread as completed", Guard.Session).Answers<Wire.Thread>(200);
        thread.MapPost("/archive", ArchiveAsync).Is("archive_thread", "Archive a thread", Guard.Session).Answers<Wire.Thread>(200);
        thread.MapPost("/reopen", ReopenAsync).Is("reopen_thread", "Make a thread active again", Guard.Session).Answers<Wire.Thread>(200);
        thread.MapGet("/chain", ChainAsync).Is("get_thread_chain", "A thread with those it branched from, the root first", Guard.Workspace).Query("integer", "maxDepth").Answers<Wire.ThreadChain>(200);
        thread.MapGet("/children", ChildrenAsync).Is("get_thread_children", "The branches of a thread", Guard.Workspace).Answers<Wire.ThreadPage>(200);
        thread.MapGet("/siblings", SiblingsAsync).Is("get_thread_siblings", "Other branches from the same point", Guard.Workspace).Answers<Wire.ThreadPage>(200);
        thread.MapThreadMessages();
        workspace.MapStates();
    }

    private static async Task<IResult> SettingsAsync(ApiRequest request, string workspace, Workspaces workspaces) =>
        Answer(Wire.WorkspaceSettings.Of(await workspaces.SettingsAsync(workspace, request.Aborted)));

    private static async Task<IResult> SetSettingsAsync(ApiRequest request, string workspace, Workspaces workspaces)
    {
        var body = request.Read(Wire.WorkspaceSettings.Read);
        return Answer(Wire.WorkspaceSettings.Of(await workspaces.SetSettingsAsync(workspace, body.ToSettings(), request.Aborted)));
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Core.Threads.Threads threads, ThreadLists lists)
    {
        var body = request.Read(ThreadCreate.Read);
        if (body.ThreadId is null ? !request.Caller.OwnsWorkspace(workspace) : !request.Caller.OwnsSession(workspace, body.ThreadId))
            throw new KithException(ErrorCode.Forbidden, Gate.Unauthorized);
        if (body.ParentThreadId is not null)
            Gate.RequireWorkspaceKey(request.Caller, workspace, "parentThreadId");
        var thread = await threads.CreateAsync(workspace, body.ToThread(), request.Aborted);
        request.Tag(thread.ETag);
        request.Context.Response.Headers.Location = $"/v1/workspaces/{workspace}/threads/{thread.Id}";
        return Answer(Wire.Thread.Of(thread, await lists.SiblingsAsync(workspace, thread, request.Aborted)), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, ThreadLists lists)
    {
        var status = request.Parameter("status").OneOf("literal_error", "active", "completed", "archived");
        var limit = request.Parameter("limit").Integer(1, 100) ?? 10;
        request.Check();
        var filter = new ThreadFilter(request.QueryText("workflow"), status is null ? null : Enum.Parse<ThreadStatus>(status, ignoreCase: true), request.QueryText("parent"));
        var (threads, cursor) = await lists.PageAsync(workspace, filter, limit, request.QueryText("cursor"), request.Aborted);
        return Answer(new Wire.ThreadPage([.. threads.Select(Wire.Thread.Of)], cursor));
    }

    private static async Task<IResult> StatisticsAsync(ApiRequest request, string workspace, ThreadLists lists) =>
        Answer(Wire.ThreadStatistics.Of(await lists.StatisticsAsync(workspace, request.Aborted)));

    private static async Task<IResult> CleanUpAsync(ApiRequest request, string workspace, Core.Threads.Threads threads)
    {
        var body = request.Read(Cleanup.Read);
        return Answer(new Wire.Removed(body.Kind == Cleanup.Expired
            ? await threads.CleanUpExpiredAsync(workspace, body.MaxAge, request.Aborted)
            : await threads.CleanUpArchivedAsync(workspace, body.KeepRecent, request.Aborted)));
    }

    private static async Task<IResult> GetAsync(ApiRequest request, string workspace, string session, Core.Threads.Threads threads, ThreadLists lists, ThreadMessages messages, ThreadStates states)
    {
        var include = (request.QueryText("include") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (include.Except(["messages", "state"]).Any())
            request.Query("include").Break<string>("include takes messages and state");
        request.Check();
        var thread = await threads.GetAsync(workspace, session, request.Aborted);
        var said = include.Contains("messages") ? await messages.ListAsync(workspace, session, new ThreadMessageQuery(), request.Aborted) : null;
        var state = include.Contains("state") ? await states.FindAsync(workspace, session, request.Aborted) : null;
        request.Tag(thread.ETag);
        return Answer(Wire.Thread.Of(thread, await lists.SiblingsAsync(workspace, thread, request.Aborted)) with
        {
            Messages = said is null ? null : Wire.ThreadMessages.Of(said).Messages,
            State = state is null ? null : Wire.WorkflowState.Of(state),
        });
    }

    private static async Task<IResult> UpdateAsync(ApiRequest request, string workspace, string session, Core.Threads.Threads threads)
    {
        var body = request.Read(ThreadChange.Read);
        return Tagged(request, await threads.UpdateAsync(workspace, session, body.ToUpdate(), request.Precondition(), request.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string session, Core.Threads.Threads threads)
    {
        var rule = request.Parameter("children").OneOf("literal_error", "orphan", "cascade", "forbid") ?? "orphan";
        request.Check();
        if (rule == "cascade")
            Gate.RequireWorkspaceKey(request.Caller, workspace, "children=cascade");
        await threads.DeleteAsync(workspace, session, Enum.Parse<ChildrenRule>(rule, ignoreCase: true), request.Aborted);
        return Reply.Nothing;
    }

    private static async Task<IResult> CompleteAsync(ApiRequest request, string workspace, string session, Core.Threads.Threads threads) =>
        Tagged(request, await threads.CompleteAsync(workspace, session, request.Aborted));

    private static async Task<IResult> ArchiveAsync(ApiRequest request, string workspace, string session, Core.Threads.Threads threads) =>
        Tagged(request, await threads.ArchiveAsync(workspace, session, request.Aborted));

    private static async Task<IResult> ReopenAsync(ApiRequest request, string workspace, string session, Core.Threads.Threads threads) =>
        Tagged(request, await threads.ReopenAsync(workspace, session, request.Aborted));

    private static async Task<IResult> ChainAsync(ApiRequest request, string workspace, string session, ThreadLists lists)
    {
        var depth = request.Parameter("maxDepth").Integer(1, MaxDepth) ?? DefaultDepth;
        request.Check();
        var chain = await lists.ChainAsync(workspace, session, depth, request.Aborted);
        return Answer(new Wire.ThreadChain([.. chain.Threads.Select(Wire.Thread.Of)], chain.Truncated));
    }

    private static async Task<IResult> ChildrenAsync(ApiRequest request, string workspace, string session, ThreadLists lists) =>
        Answer(new Wire.ThreadPage([.. (await lists.ChildrenAsync(workspace, session, request.Aborted)).Select(Wire.Thread.Of)]));

    private static async Task<IResult> SiblingsAsync(ApiRequest request, string workspace, string session, ThreadLists lists) =>
        Answer(new Wire.ThreadPage([.. (await lists.SiblingsAsync(workspace, session, request.Aborted)).Select(Wire.Thread.Of)]));

    private static IResult Tagged(ApiRequest request, ThreadSnapshot thread)
    {
        request.Tag(thread.ETag);
        return Answer(Wire.Thread.Of(thread));
    }

    private static IResult Answer<T>(T value, int status = StatusCodes.Status200OK) => Reply.Json(value, ThreadsJson.Relaxed, status);
}
