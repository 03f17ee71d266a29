using System.Text.Json.Serialization;
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
        conclusions.MapPost("/list", ListAsync).Is("list_conclusions", "List conclusions, newest first", Guard.Workspace).OnlyReads().MayRead<ConclusionListing>().Paged().Answers<Wire.Page<Wire.Conclusion>>(200);
        conclusions.MapPost("/query", QueryAsync).Is("query_conclusions", "Find the conclusions closest to a query", Guard.Workspace).OnlyReads().Reads<ConclusionQuery>().Answers<IReadOnlyList<Wire.Conclusion>>(200);
        conclusions.MapGet("/{conclusion}", GetAsync).Is("get_conclusion", "Get a conclusion", Guard.Workspace).Answers<Wire.Conclusion>(200);
        conclusions.MapDelete("/{conclusion}", DeleteAsync).Is("delete_conclusion", "Delete a conclusion", Guard.Workspace).AnswersNothing();
    }

    public static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Conclusions conclusions)
    {
        var batch = request.Read(ConclusionBatch.Read).Conclusions;
        var stored = await conclusions.CreateAsync(workspace, [.. batch.Select(conclusion => conclusion.ToConclusion())], request.Aborted);
        return Reply.Json<IReadOnlyList<Wire.Conclusion>>([.. stored.Select(Wire.Conclusion.Of)], request.Dialect.Created);
    }

    public static Task<IResult> ListAsync(ApiRequest request, string workspace, Conclusions conclusions) =>
        PageAsync(request, workspace, conclusions, Wire.Conclusion.Of, Wire.Conclusion.WithSources, HonchoJson.Relaxed);

    public static Task<IResult> QueryAsync(ApiRequest request, string workspace, Conclusions conclusions) => ClosestAsync(request, workspace, conclusions, Wire.Conclusion.Of, HonchoJson.Relaxed);

    /// <summary>In the words of any version of the protocol.</summary>
    public static async Task<IResult> PageAsync<T>(ApiRequest request, string workspace, Conclusions conclusions, Func<Conclusion, T> show, Func<Conclusion, T> showWithSources, JsonSerializerContext json)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(ConclusionListing.Read);
        var page = await conclusions.ListAsync(workspace, paging, Filtering.OfConclusions(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<T>.Of(page, paging, body is { IncludeSources: true } ? showWithSources : show), json);
    }

    /// <summary>In the words of any version of the protocol.</summary>
    public static async Task<IResult> ClosestAsync<T>(ApiRequest request, string workspace, Conclusions conclusions, Func<Conclusion, T> show, JsonSerializerContext json)
    {
        var body = request.Read(ConclusionQuery.Read);
        var (observer, observed) = Filtering.Pair(body.Filters);
        var found = await conclusions.QueryAsync(workspace, observer, observed, body.Query, body.TopK, body.Distance, Filtering.OfConclusions(body.Filters), RecallRules.ClocksOf(body.AsOf, body.KnownAt), request.Aborted);
        request.Degraded(found.IsTextOnly);
        return Reply.Json<IReadOnlyList<T>>([.. found.Items.Select(match => show(match.Conclusion))], json);
    }

    public static async Task<IResult> GetAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        var found = await conclusions.FindAsync(workspace, conclusion, request.Aborted) ?? throw new KithException(ErrorCode.NotFound, "Conclusion not found");
        return Reply.Json(Wire.Conclusion.Of(found));
    }

    public static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string conclusion, Conclusions conclusions)
    {
        await conclusions.DeleteAsync(workspace, conclusion, request.Aborted);
        return Reply.Nothing;
    }
}
