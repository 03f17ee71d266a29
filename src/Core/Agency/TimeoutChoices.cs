namespace Kith.Core.Agency;

/// <summary>Some of a session's timeouts, in minutes; null leaves one to whoever is asked next. NaN stands for a number that could not be read, which means the default.</summary>
public sealed record TimeoutChoices(double? Timeout = null, bool? AutoRenew = null, double? MaxDuration = null, double? WarningThreshold = null)
{
    public static TimeoutChoices None { get; } = new();
}
