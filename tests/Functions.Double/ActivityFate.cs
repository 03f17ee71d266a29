namespace Kith.Functions.Double;

/// <summary>What becomes of one run of an activity.</summary>
public enum ActivityFate
{
    Runs,

    /// <summary>The process dies before it runs; the backend gives it to another.</summary>
    DiesBefore,

    /// <summary>The process dies after it ran, before its result was kept; the backend gives it to another.</summary>
    DiesAfter,
}
