using Kith.Core;
using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.10 and §11.</summary>
internal static class ConclusionRoutes
{
    public static void MapConclusions(this IEndpointRouteBuilder routes)
    {
        var conclusions = routes.MapGroup("/workspaces/{workspace}/conclusions").WithTags("conclusions");
        conclusions.MapPost("", CreateAsync).Is("create_conclusions", "Store conclusions", Guard.Workspace).Reads<ConclusionBatch>().Answers<IReadOnlyList<Wire.Conclusion>>(201);
        conclusions.MapPost("/list", ListAsync).Is("list_conclusions", "List conclusions, newest first", Guard.Workspace).MayRead<ConclusionListing>().Paged().Answers<Wire.Page<Wire.Conclusion>>(200);
        conclusions.MapPost("/query", QueryAsync).Is("query_conclusions", "Find the conclusions closest to a query", Guard.Workspace).Reads<ConclusionQuery>().Answers<IReadOnlyList<Wire.Conclusion>>(200);
        conclusions.MapGet("/{conclusion}", GetAsync).Is("get_conclusion", "Get a conclusion", Guard.Workspace).Answers<Wire.Conclusion>(200);
        conclusions.MapDelete("/{conclusion}", DeleteAsync).Is("delete_conclusion", "Delete a conclusion", Guard.Workspace).AnswersNothing();
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Conclusions conclusions)
    {
        var batch = request.Read(ConclusionBatch.Read).Conclusions;
        var stored = await conclusions.CreateAsync(workspace, [.. batch.Select(conclusion => conclusion.ToConclusion())], request.Aborted);
        return Reply.Json<IReadOnlyList<Wire.Conclusion>>([.. stored.Select(Wire.Conclusion.Of)], StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Conclusions conclusions)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(ConclusionListing.Read);
        var page = await conclusions.ListAsync(workspace, paging, Filtering.OfConclusions(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<Wire.Conclusion>.Of(page, paging, body is { IncludeSources: true } ? Wire.Conclusion.WithSources : Wire.Conclusion.Of));
    }

    private static async Task<IResult> QueryAsync(ApiRequest request, string workspace, Conclusions conclusions)
    {
        var body = request.Read(ConclusionQuery.Read);
        var (observer, observed) = Filtering.Pair(body.Filters);
        var found = await conclusions.QueryAsync(workspace, observer, observed, body.Query, body.TopK, body.Distance, Filtering.OfConclusions(body.Filters), RecallRules.ClocksOf(body.AsOf, body.KnownAt), request.Aborted);
        request.Degraded(found.IsTextOnly);
        return Reply.Json<IReadOnlyList<Wire.Conclusion>>([.. found.Items.Select(match => Wire.Conclusion.Of(match.Conclusion))]);
    }

    private static async Task<IResult> GetAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        var found = await conclusions.FindAsync(workspace, conclusion, request.Aborted) ?? throw new KithException(ErrorCode.NotFound, "Conclusion not found");
        return Reply.Json(Wire.Conclusion.Of(found));
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        await conclusions.DeleteAsync(workspace, conclusion, request.Aborted);
        return Reply.Nothing;
    }
}
