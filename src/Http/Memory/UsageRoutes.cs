using Kith.Core.Limiting;
using Kith.Core.Usage;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Memory;

/// <summary>What a workspace's memory costs in calls to models.</summary>
internal static class UsageRoutes
{
    private const int UsualDays = 30;

    public static void MapUsage(this IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/v1/workspaces/{workspace}").AddEndpointFilter(Gate.FilterAsync).WithTags("usage");
        workspace.MapGet("/usage", ReadAsync).Is("get_usage", "Calls to models and their tokens, by day, purpose and model", Guard.Workspace).Query("string", "from", "to").Answers<Wire.Usage>(200);
        workspace.MapGet("/budget", BudgetAsync).Is("get_budget", "What the workspace may take in on a day, and what it took in today", Guard.Workspace).Answers<Wire.Budget>(200);
    }

    private static async Task<IResult> ReadAsync(ApiRequest request, string workspace, UsageHistory history, TimeProvider time)
    {
        var (from, to) = (request.Query("from").Time(), request.Query("to").Time());
        request.Check();
        var last = DayOf(to?.Instant ?? time.GetUtcNow());
        var first = from is null ? last.AddDays(1 - Math.Min(UsualDays, last.DayNumber + 1)) : DayOf(from.Instant);
        return Reply.Json(Wire.Usage.Of(first, last, await history.ReadAsync(workspace, first, last, request.Aborted)), MemoryJson.Relaxed);
    }

    private static async Task<IResult> BudgetAsync(ApiRequest request, string workspace, Budgets budgets)
    {
        var (budget, messages, tokens) = await budgets.TodayAsync(workspace, request.Aborted);
        return Reply.Json(new Wire.Budget(budget.Messages, budget.Tokens, messages, tokens), MemoryJson.Relaxed);
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);
}
