using System.Globalization;
using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Schema;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Eliza.Requests;

/// <summary>Spec eliza-sessions §5.4.</summary>
internal static class HistoryQuery
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 100;

    /// <exception cref="KithException">A bound is no time.</exception>
    public static HistoryRange Read(IQueryCollection query) => new(
        (int)Math.Clamp(Given(query, "limit") is { } limit ? JsNumber.Leading(limit) ?? DefaultLimit : DefaultLimit, 1, MaxLimit),
        Bound(query, "before"),
        Bound(query, "after"));

    /// <summary>Milliseconds since 1970; also an ISO time, of which the original would read the year only.</summary>
    private static long? Bound(IQueryCollection query, string name)
    {
        if (Given(query, name) is not { } text)
            return null;
        if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            milliseconds = text.Contains('-', StringComparison.Ordinal) && Moment.TryParse(text, out var moment, out _)
                ? moment.Instant.ToUnixTimeMilliseconds()
                : JsNumber.Leading(text) ?? throw Refusals.Invalid($"Invalid pagination parameter '{name}': Must be a valid timestamp");
        }

        return milliseconds;
    }

    private static string? Given(IQueryCollection query, string name) => query[name] is [.., { Length: > 0 } last] ? last : null;
}
