using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Kith.Http.HonchoV2.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>Conclusions under their old name (spec honcho-api §12.2).</summary>
internal static class ObservationRoutes
{
    public static void MapObservations(this IEndpointRouteBuilder routes)
    {
        var observations = routes.MapGroup("/workspaces/{workspace}/observations").WithTags("v2 observations");
        observations.MapPost("", CreateAsync).Is("v2_create_observations", "Store observations", Guard.Workspace).Reads<ObservationBatch>().Answers<IReadOnlyList<Wire.Observation>>(200);
        observations.MapPost("/list", ListAsync).Is("v2_list_observations", "List observations, newest first", Guard.Workspace).OnlyReads().MayRead<Listing>().Paged().Answers<Honcho.Wire.Page<Wire.Observation>>(200);
        observations.MapPost("/query", QueryAsync).Is("v2_query_observations", "Find the observations closest to a query", Guard.Workspace).OnlyReads().Reads<ConclusionQuery>().Answers<IReadOnlyList<Wire.Observation>>(200);
        observations.MapDelete("/{conclusion}", DeleteAsync).Is("v2_delete_observation", "Delete an observation", Guard.Workspace).Answers<Honcho.Wire.Accepted>(200);
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Conclusions conclusions)
    {
        var batch = request.Read(ObservationBatch.Read).Observations;
        var stored = await conclusions.CreateAsync(workspace, [.. batch.Select(observation => observation.ToConclusion())], request.Aborted);
        return Reply.Json<IReadOnlyList<Wire.Observation>>([.. stored.Select(Wire.Observation.Of)], HonchoV2Json.Relaxed);
    }

    private static Task<IResult> ListAsync(ApiRequest request, string workspace, Conclusions conclusions) =>
        ConclusionRoutes.PageAsync(request, workspace, conclusions, Wire.Observation.Of, Wire.Observation.Of, HonchoV2Json.Relaxed);

    private static Task<IResult> QueryAsync(ApiRequest request, string workspace, Conclusions conclusions) =>
        ConclusionRoutes.ClosestAsync(request, workspace, conclusions, Wire.Observation.Of, HonchoV2Json.Relaxed);

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        await conclusions.DeleteAsync(workspace, conclusion, request.Aborted);
        return Reply.Json(new Honcho.Wire.Accepted("Observation deleted successfully"));
    }
}
