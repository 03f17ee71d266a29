using Kith.Core;
using Kith.Core.Work;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Kith.Http.Work;

/// <summary>How far background work is, waiting for its end, and what became of each message.</summary>
internal static class QueueRoutes
{
    /// <summary>Azure's front end cuts a request that is silent for 230 seconds.</summary>
    private const int LongestWaitSeconds = 230;

    private const int UsualWaitSeconds = 60;

    /// <summary>The answer itself takes time too.</summary>
    private const int MarginSeconds = 2;

    public static void MapQueues(this IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspaces/{workspace}").AddEndpointFilter(Gate.FilterAsync).WithTags("work");
        workspace.MapGet("/queue", (ApiRequest request, string workspace, Queues queues, TimeProvider time) => DetailAsync(request, workspace, null, queues, time))
            .Is("get_queue", "What background work there is, since when, and what holds it up", Guard.Workspace).Answers<Wire.Queue>(200);
        workspace.MapGet("/queue/idle", (ApiRequest request, string workspace, Queues queues, TimeProvider time, IHostApplicationLifetime host) => WaitAsync(request, workspace, null, queues, time, host))
            .Is("wait_for_queue", "Wait until nothing is left to be worked out, or the time is up", Guard.Workspace).Query("integer", "timeout").Answers<Wire.IdleQueue>(200);
        workspace.MapPost("/queue/flush", FlushAsync).Is("flush_queue", "Derive the messages of every session without waiting for more", Guard.Workspace).Answers<Wire.Flushed>(202);

        var session = workspace.MapGroup("/sessions/{session}");
        session.MapGet("/queue", (ApiRequest request, string workspace, string session, Queues queues, TimeProvider time) => DetailAsync(request, workspace, session, queues, time))
            .Is("get_session_queue", "What background work there is for a session, since when, and what holds it up", Guard.SessionMember).Answers<Wire.Queue>(200);
        session.MapGet("/queue/idle", (ApiRequest request, string workspace, string session, Queues queues, TimeProvider time, IHostApplicationLifetime host) => WaitAsync(request, workspace, session, queues, time, host))
            .Is("wait_for_session_queue", "Wait until nothing is left to be worked out for a session, or the time is up", Guard.SessionMember).Query("integer", "timeout").Answers<Wire.IdleQueue>(200);
        session.MapGet("/messages/states", StatesAsync).Is("list_message_states", "What became of the messages of a session", Guard.SessionMember).Paged().Answers<Honcho.Wire.Page<Wire.MessageState>>(200);
        session.MapGet("/messages/{message}/state", StateAsync).Is("get_message_state", "What became of a message", Guard.SessionMember).Answers<Wire.MessageState>(200);
    }

    private static async Task<IResult> DetailAsync(ApiRequest request, string workspace, string? session, Queues queues, TimeProvider time) =>
        Reply.Json(Wire.Queue.Of(await queues.DetailAsync(workspace, session, request.Aborted), time.GetUtcNow()), WorkJson.Relaxed);

    private static async Task<IResult> WaitAsync(ApiRequest request, string workspace, string? session, Queues queues, TimeProvider time, IHostApplicationLifetime host)
    {
        var seconds = request.Query("timeout").Integer(min: 0, max: LongestWaitSeconds) ?? UsualWaitSeconds;
        request.Check();
        var begun = time.GetTimestamp();
        var patience = TimeSpan.FromSeconds(Math.Min(seconds, LongestWaitSeconds - MarginSeconds));
        var isIdle = await queues.WaitAsync(workspace, session, patience, host.ApplicationStopping, request.Aborted);
        var waited = Math.Round(time.GetElapsedTime(begun).TotalSeconds, 3);
        var queue = await queues.DetailAsync(workspace, session, request.Aborted);
        return Reply.Json(new Wire.IdleQueue(isIdle, waited, Wire.Queue.Of(queue, time.GetUtcNow())), WorkJson.Relaxed);
    }

    private static async Task<IResult> FlushAsync(ApiRequest request, string workspace, Queues queues) =>
        Reply.Json(new Wire.Flushed(await queues.FlushAsync(workspace, request.Aborted)), WorkJson.Relaxed, StatusCodes.Status202Accepted);

    private static async Task<IResult> StatesAsync(ApiRequest request, string workspace, string session, MessageStates states)
    {
        var paging = request.Paging();
        request.Check();
        var page = await states.ListAsync(workspace, session, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.MessageState>.Of(page, paging, Wire.MessageState.Of), WorkJson.Relaxed);
    }

    private static async Task<IResult> StateAsync(ApiRequest request, string workspace, string session, string message, MessageStates states) =>
        await states.FindAsync(workspace, session, message, request.Aborted) is { } found
            ? Reply.Json(Wire.MessageState.Of(found), WorkJson.Relaxed)
            : throw new KithException(ErrorCode.NotFound, $"Message with ID {message} not found");
}
