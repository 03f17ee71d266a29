using Kith.Core.Memory;
using Kith.Core.Work;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Memory.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Memory;

/// <summary>What Kith adds to the protocols it speaks: people correct, pin and retract what is remembered, and see how it came about.</summary>
internal static class MemoryRoutes
{
    public static void MapMemory(this IEndpointRouteBuilder routes)
    {
        var conclusion = routes.MapGroup("/v1/workspaces/{workspace}/conclusions/{conclusion}").AddEndpointFilter(Gate.FilterAsync).WithTags("memory");
        conclusion.MapPatch("", ChangeAsync).Is("change_conclusion", "Correct or pin a conclusion", Guard.Workspace).Reads<ConclusionChange>().Answers<Wire.Conclusion>(200);
        conclusion.MapPost("/retract", RetractAsync).Is("retract_conclusion", "Stop holding a conclusion, and keep it in its history", Guard.Workspace).Answers<Wire.Conclusion>(200);
        conclusion.MapGet("/history", HistoryAsync).Is("get_conclusion_history", "A conclusion with all that it superseded and that superseded it", Guard.Workspace).Answers<IReadOnlyList<Wire.Conclusion>>(200);

        var workspace = routes.MapGroup("/v1/workspaces/{workspace}").AddEndpointFilter(Gate.FilterAsync).WithTags("memory");
        workspace.MapGet("/peers/{peer}/dreams", DreamsAsync).Is("get_dreams", "Where the consolidation of what a peer knows stands, and what the last runs did and cost", Guard.Peer).Query("string", "target").Answers<Wire.DreamHistory>(200);
        workspace.MapPost("/sessions/{session}/flush", FlushAsync).Is("flush_session", "Derive the messages of a session without waiting for more", Guard.Session).AnswersNothing();
    }

    private static async Task<IResult> ChangeAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        var change = request.Read(ConclusionChange.Read);
        var changed = change.Content is null ? null : await conclusions.CorrectAsync(workspace, conclusion, change.Content, request.Aborted);
        if (change.Pinned is { } pinned)
            changed = await conclusions.PinAsync(workspace, changed?.Id ?? conclusion, pinned, request.Aborted);
        return Reply.Json(Wire.Conclusion.Of(changed!), MemoryJson.Relaxed);
    }

    private static async Task<IResult> RetractAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions) =>
        Reply.Json(Wire.Conclusion.Of(await conclusions.RetractAsync(workspace, conclusion, request.Aborted)), MemoryJson.Relaxed);

    private static async Task<IResult> HistoryAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        var history = await conclusions.HistoryAsync(workspace, conclusion, request.Aborted);
        return Reply.Json<IReadOnlyList<Wire.Conclusion>>([.. history.Select(Wire.Conclusion.Of)], MemoryJson.Relaxed);
    }

    private static async Task<IResult> DreamsAsync(ApiRequest request, string workspace, string peer, Dreams dreams) =>
        Reply.Json(Wire.DreamHistory.Of(await dreams.HistoryAsync(workspace, peer, request.QueryText("target") ?? peer, request.Aborted)), MemoryJson.Relaxed);

    private static async Task<IResult> FlushAsync(ApiRequest request, string workspace, string session, Queues queues)
    {
        await queues.FlushAsync(workspace, session, request.Aborted);
        return Reply.Nothing;
    }
}
