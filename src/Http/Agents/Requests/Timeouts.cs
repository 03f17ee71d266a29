using Kith.Core.Agency;
using Kith.Http.Schema;

namespace Kith.Http.Agents.Requests;

internal sealed record Timeouts(double? TimeoutMinutes, bool? AutoRenew, double? MaxDurationMinutes, double? WarningThresholdMinutes)
{
    public static Timeouts? Read(Input timeouts) => timeouts.Object() is not { } fields ? null : new(
        fields.Optional("timeout_minutes").Number(SessionTimeouts.MinTimeout, SessionTimeouts.MaxTimeout),
        fields.Optional("auto_renew").Boolean(),
        fields.Optional("max_duration_minutes").Number(SessionTimeouts.MinTimeout, SessionTimeouts.LongestDuration),
        fields.Optional("warning_threshold_minutes").Number(SessionTimeouts.MinWarningThreshold, SessionTimeouts.LongestDuration));

    public TimeoutChoices ToChoices() => new(TimeoutMinutes, AutoRenew, MaxDurationMinutes, WarningThresholdMinutes);
}
