namespace Kith.Core.Memory;

/// <summary>A run of a dream that was begun: whoever holds it gives signs of life.</summary>
/// <param name="Id">The run's, whoever goes on with it.</param>
/// <param name="Fresh">The conclusions that called for it.</param>
internal sealed record DreamClaim(string Id, DateTimeOffset StartedAt, DreamTrigger Trigger, bool RebuildCard, int Fresh)
{
    public string? Owner { get; init; }

    /// <summary>Null when its owner gave it back unfinished.</summary>
    public DateTimeOffset? HeartbeatAt { get; init; }
}
