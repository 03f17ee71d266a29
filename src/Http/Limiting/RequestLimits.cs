using System.Globalization;
using Kith.Core;
using Kith.Core.Limiting;
using Kith.Http.Access;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Limiting;

/// <summary>Counts the requests of each key and tells callers where they stand: <c>RateLimit-Limit</c>, <c>-Remaining</c>, <c>-Reset</c> and <c>-Policy</c>, and <c>Retry-After</c> with 429.</summary>
internal sealed class RequestLimits(LimitOptions options, RateLimits limits)
{
    /// <exception cref="KithException">Budget exceeded (detail <c>rate_limited</c>).</exception>
    public async ValueTask DemandAsync(HttpContext context, Caller caller)
    {
        if (options.RequestsPerMinute == 0)
            return;

        var decision = await limits.TakeAsync(caller.Id, options.RequestsPerMinute, context.RequestAborted);
        // At the last moment, so that error bodies, which start over, carry them too.
        context.Response.OnStarting(() =>
        {
            Tell(context.Response.Headers, decision);
            return Task.CompletedTask;
        });
        if (!decision.IsAdmitted)
            throw new KithException(ErrorCode.BudgetExceeded, "Too many requests. Please try again later.") { Detail = "rate_limited" };
    }

    private static void Tell(IHeaderDictionary headers, RateDecision decision)
    {
        headers["RateLimit-Limit"] = Text(decision.Limit);
        headers["RateLimit-Remaining"] = Text(decision.Remaining);
        headers["RateLimit-Reset"] = Text(decision.Seconds);
        headers["RateLimit-Policy"] = $"{Text(decision.Limit)};w=60";
        if (!decision.IsAdmitted)
            headers.RetryAfter = Text(decision.Seconds);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
