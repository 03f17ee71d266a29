namespace Kith.Client.Agents;

/// <summary>How long a session with an agent lasts; what is null is as the agent or the server has it.</summary>
public sealed record SessionTimeouts
{
    /// <summary>Minutes without anything happening after which it expires.</summary>
    public double? TimeoutMinutes { get; init; }

    /// <summary>Whether what is said makes it last longer.</summary>
    public bool? AutoRenew { get; init; }

    /// <summary>Minutes after which it ends in any case.</summary>
    public double? MaxDurationMinutes { get; init; }

    /// <summary>Minutes before its end from which it is near its end.</summary>
    public double? WarningThresholdMinutes { get; init; }
}
