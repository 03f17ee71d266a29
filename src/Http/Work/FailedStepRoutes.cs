using Kith.Core;
using Kith.Core.Work;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Work;

/// <summary>Steps that were given up: seen, tried again, put aside.</summary>
internal static class FailedStepRoutes
{
    public static void MapFailedSteps(this IEndpointRouteBuilder routes)
    {
        var steps = routes.MapGroup("/v1/workspaces/{workspace}/failed-steps").AddEndpointFilter(Gate.FilterAsync).WithTags("work");
        steps.MapGet("", ListAsync).Is("list_failed_steps", "Steps that could not succeed, newest first; without the dismissed ones unless asked for", Guard.Workspace).Paged().Query("string", "kind", "session_id", "state").Answers<Honcho.Wire.Page<Wire.FailedStep>>(200);
        steps.MapGet("/{step}", FindAsync).Is("get_failed_step", "One failed step", Guard.Workspace).Answers<Wire.FailedStep>(200);
        steps.MapPost("/{step}/replay", ReplayAsync).Is("replay_failed_step", "Try a failed step again; it is gone when that succeeds", Guard.Workspace).Answers<Wire.FailedStep>(202);
        steps.MapPost("/{step}/dismiss", DismissAsync).Is("dismiss_failed_step", "Take a failed step off the list", Guard.Workspace).Answers<Wire.FailedStep>(200);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, FailedSteps steps)
    {
        var paging = request.Paging();
        var kind = request.Query("kind").OneOf("enum", [.. StepKinds.All]);
        var state = request.Query("state").OneOf("enum", ["failed", "replaying", "dismissed"]);
        var session = request.QueryText("session_id");
        request.Check();
        var page = await steps.ListAsync(workspace, kind, session, state is null ? null : Enum.Parse<FailedStepState>(state, ignoreCase: true), paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.FailedStep>.Of(page, paging, Wire.FailedStep.Of), WorkJson.Relaxed);
    }

    private static async Task<IResult> FindAsync(ApiRequest request, string workspace, string step, FailedSteps steps) =>
        await steps.FindAsync(workspace, step, request.Aborted) is { } found
            ? Reply.Json(Wire.FailedStep.Of(found), WorkJson.Relaxed)
            : throw new KithException(ErrorCode.NotFound, $"Failed step {step} not found in workspace {workspace}");

    private static async Task<IResult> ReplayAsync(ApiRequest request, string workspace, string step, FailedSteps steps) =>
        Reply.Json(Wire.FailedStep.Of(await steps.ReplayAsync(workspace, step, request.Aborted)), WorkJson.Relaxed, StatusCodes.Status202Accepted);

    private static async Task<IResult> DismissAsync(ApiRequest request, string workspace, string step, FailedSteps steps) =>
        Reply.Json(Wire.FailedStep.Of(await steps.DismissAsync(workspace, step, request.Aborted)), WorkJson.Relaxed);
}
