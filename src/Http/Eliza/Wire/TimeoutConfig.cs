using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

internal sealed record TimeoutConfig(double TimeoutMinutes, bool AutoRenew, double MaxDurationMinutes, double WarningThresholdMinutes)
{
    public static TimeoutConfig Of(SessionTimeouts timeouts) => new(timeouts.Timeout, timeouts.AutoRenew, timeouts.MaxDuration, timeouts.WarningThreshold);
}
