using System.Globalization;
using Kith.Core;
using Microsoft.Extensions.Configuration;

namespace Kith.Http.Limiting;

/// <summary>Section <c>Limits</c>.</summary>
public sealed record LimitOptions
{
    private const int MostRequestsPerMinute = 1_000_000;

    /// <summary>Of each key, over all processes; also how many may come at once. Zero for any number.</summary>
    public int RequestsPerMinute { get; init; }

    /// <exception cref="KithException">A setting cannot be used.</exception>
    public static LimitOptions From(IConfiguration configuration) => new()
    {
        RequestsPerMinute = configuration["Limits:RequestsPerMinute"] is not { Length: > 0 } text ? 0
            : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostRequestsPerMinute ? number
            : throw new KithException(ErrorCode.Invalid, $"Limits:RequestsPerMinute takes a number up to {MostRequestsPerMinute}, not '{text}'"),
    };
}
