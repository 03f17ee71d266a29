namespace Kith.Core.Agency;

/// <summary>How long a session lives (spec eliza-sessions §3.1), in minutes, fractions included.</summary>
/// <param name="Timeout">Without activity.</param>
/// <param name="AutoRenew">Whether activity renews it.</param>
/// <param name="MaxDuration">From its creation, however often it is renewed.</param>
/// <param name="WarningThreshold">Before its end it counts as near expiry.</param>
public sealed record SessionTimeouts(double Timeout, bool AutoRenew, double MaxDuration, double WarningThreshold)
{
    public const double MinTimeout = 5;
    public const double MaxTimeout = 1_440;
    public const double LongestDuration = 2_880;
    public const double MinWarningThreshold = 1;

    private static readonly SessionTimeouts Default = new(30, true, 720, 5);

    /// <summary>The defaults overlaid by each of the choices; what is out of range is moved into it (spec eliza-sessions §5.1).</summary>
    public static SessionTimeouts Resolve(params IReadOnlyList<TimeoutChoices> choices)
    {
        var timeout = Math.Clamp(Last(choice => choice.Timeout, Default.Timeout), MinTimeout, MaxTimeout);
        return new SessionTimeouts(
            timeout,
            choices.Select(choice => choice.AutoRenew).LastOrDefault(value => value is not null) ?? Default.AutoRenew,
            Math.Clamp(Last(choice => choice.MaxDuration, Default.MaxDuration), timeout, LongestDuration),
            Math.Max(Last(choice => choice.WarningThreshold, Default.WarningThreshold), MinWarningThreshold));

        double Last(Func<TimeoutChoices, double?> minutes, double otherwise) =>
            choices.Select(minutes).LastOrDefault(value => value is not null) is { } chosen && double.IsFinite(chosen) ? chosen : otherwise;
    }
}
