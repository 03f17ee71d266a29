using Kith.Core;
using Kith.Core.Threads;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Threads.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Threads;

/// <summary>What workflows remember: in a thread, and under their own names.</summary>
internal static class StateRoutes
{
    public static void MapStates(this IEndpointRouteBuilder workspace)
    {
        var ofThread = workspace.MapGroup("/threads/{session}/state");
        ofThread.MapGet("", GetOfThreadAsync).Is("get_thread_state", "The state of a thread", Guard.SessionMember).Answers<Wire.WorkflowState>(200);
        ofThread.MapPut("", PutOfThreadAsync).Is("set_thread_state", "Replace the state of a thread", Guard.Session).Reads<StateWrite>().Answers<Wire.WorkflowState>(200);
        ofThread.MapPatch("", PatchOfThreadAsync).Is("update_thread_state", "Set members of a thread's state", Guard.Session).Reads<StateWrite>().Answers<Wire.WorkflowState>(200);

        var states = workspace.MapGroup("/states");
        states.MapGet("", ListAsync).Is("list_states", "The workflows that have a state", Guard.Workspace).Answers<Wire.WorkflowStates>(200);
        states.MapDelete("", ClearAsync).Is("clear_states", "Remove the states of all workflows", Guard.Workspace).Answers<Wire.Removed>(200);
        states.MapGet("/{workflow}", GetAsync).Is("get_state", "The state of a workflow", Guard.Workspace).Answers<Wire.WorkflowState>(200);
        states.MapPut("/{workflow}", PutAsync).Is("set_state", "Replace the state of a workflow", Guard.Workspace).Reads<StateWrite>().Answers<Wire.WorkflowState>(200);
        states.MapPatch("/{workflow}", PatchAsync).Is("update_state", "Set members of a workflow's state", Guard.Workspace).Reads<StateWrite>().Answers<Wire.WorkflowState>(200);
        states.MapDelete("/{workflow}", DeleteAsync).Is("delete_state", "Remove the state of a workflow", Guard.Workspace).AnswersNothing();
    }

    private static async Task<IResult> GetOfThreadAsync(ApiRequest request, string workspace, string session, ThreadStates states)
    {
        var state = await states.FindAsync(workspace, session, request.Aborted)
            ?? throw new KithException(ErrorCode.NotFound, $"Thread {session} has no state");
        return Answer(request, state);
    }

    private static Task<IResult> PutOfThreadAsync(ApiRequest request, string workspace, string session, ThreadStates states) =>
        ChangeOfThreadAsync(request, workspace, session, states, merges: false);

    private static Task<IResult> PatchOfThreadAsync(ApiRequest request, string workspace, string session, ThreadStates states) =>
        ChangeOfThreadAsync(request, workspace, session, states, merges: true);

    private static async Task<IResult> ChangeOfThreadAsync(ApiRequest request, string workspace, string session, ThreadStates states, bool merges)
    {
        var body = request.Read(StateWrite.Read);
        return Answer(request, await states.ChangeAsync(workspace, session, body.ToChange(merges), request.Precondition(), request.Aborted));
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, WorkflowStates states)
    {
        var found = await states.ListAsync(workspace, request.Aborted);
        return Reply.Json(new Wire.WorkflowStates([.. found.Select(state => state.WorkflowName)]), ThreadsJson.Relaxed);
    }

    private static async Task<IResult> ClearAsync(ApiRequest request, string workspace, WorkflowStates states) =>
        Reply.Json(new Wire.Removed(await states.ClearAsync(workspace, request.Aborted)), ThreadsJson.Relaxed);

    private static async Task<IResult> GetAsync(ApiRequest request, string workspace, string workflow, WorkflowStates states) =>
        Answer(request, await states.GetAsync(workspace, workflow, request.Aborted));

    private static Task<IResult> PutAsync(ApiRequest request, string workspace, string workflow, WorkflowStates states) =>
        ChangeAsync(request, workspace, workflow, states, merges: false);

    private static Task<IResult> PatchAsync(ApiRequest request, string workspace, string workflow, WorkflowStates states) =>
        ChangeAsync(request, workspace, workflow, states, merges: true);

    private static async Task<IResult> ChangeAsync(ApiRequest request, string workspace, string workflow, WorkflowStates states, bool merges)
    {
        var body = request.Read(StateWrite.Read);
        return Answer(request, await states.ChangeAsync(workspace, workflow, body.ToChange(merges), request.Precondition(), request.Aborted));
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string workflow, WorkflowStates states)
    {
        await states.DeleteAsync(workspace, workflow, request.Aborted);
        return Reply.Nothing;
    }

    private static IResult Answer(ApiRequest request, WorkflowState state)
    {
        request.Tag(state.Tag);
        return Reply.Json(Wire.WorkflowState.Of(state), ThreadsJson.Relaxed);
    }
}
