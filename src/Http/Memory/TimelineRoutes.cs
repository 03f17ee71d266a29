using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Memory;

/// <summary>What is remembered with all that Kith knows of it, and who knows about whom.</summary>
internal static class TimelineRoutes
{
    public static void MapTimeline(this IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspaces/{workspace}").AddEndpointFilter(Gate.FilterAsync).WithTags("memory");
        workspace.MapGet("/pairs", PairsAsync).Is("list_pairs", "Who knows about whom, and how much", Guard.Workspace).Query("string", "observer").Paged().Answers<Honcho.Wire.Page<Wire.Pair>>(200);
        var conclusions = workspace.MapGroup("/conclusions");
        conclusions.MapGet("", ListAsync).Is("list_timeline", "Conclusions with validity, origin and what they rest on, newest first; also what has ended or was retracted", Guard.Workspace)
            .Query("string", "observer", "observed", "session", "message", "level", "origin", "state").Paged().Answers<Honcho.Wire.Page<Wire.Conclusion>>(200);
        conclusions.MapGet("/{conclusion}/sources", SourcesAsync).Is("get_conclusion_sources", "A conclusion, and the messages and conclusions that it rests on", Guard.Workspace).Answers<Wire.ConclusionSources>(200);
    }

    private static async Task<IResult> PairsAsync(ApiRequest request, string workspace, Pairs pairs)
    {
        var paging = request.Paging();
        var observer = request.QueryText("observer");
        request.Check();
        return Reply.Json(Honcho.Wire.Page<Wire.Pair>.Of(await pairs.ListAsync(workspace, observer, paging, request.Aborted), paging, Wire.Pair.Of), MemoryJson.Relaxed);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Conclusions conclusions)
    {
        var paging = request.Paging();
        var wanted = new TimelineRequest(
            request.QueryText("observer"),
            request.QueryText("observed"),
            request.QueryText("session"),
            request.QueryText("message"),
            request.Query("level").OneOf("enum", "explicit", "deductive", "inductive", "contradiction"),
            request.Query("origin").OneOf("enum", "stated", "inferred", "human"),
            Enum.TryParse<ConclusionState>(request.Query("state").OneOf("enum", "current", "ended", "retracted"), ignoreCase: true, out var state) ? state : null);
        request.Check();
        return Reply.Json(Honcho.Wire.Page<Wire.Conclusion>.Of(await conclusions.TimelineAsync(workspace, wanted, paging, request.Aborted), paging, Wire.Conclusion.Of), MemoryJson.Relaxed);
    }

    private static async Task<IResult> SourcesAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions) =>
        Reply.Json(Wire.ConclusionSources.Of(await conclusions.SourcesAsync(workspace, conclusion, request.Aborted)), MemoryJson.Relaxed);
}
