namespace Kith.Core.Platforms;

/// <summary>What came of a call.</summary>
/// <param name="Status">Null where there was no answer.</param>
/// <param name="Problem">Why nothing, or nothing certain, was said; null where it was.</param>
public sealed record PlatformAnswer(int? Status, string? Problem)
{
    /// <summary>Nothing was said for certain, and it may be tried again.</summary>
    public bool MayTryAgain { get; init; }

    /// <summary>When, at the earliest, where the platform says so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
