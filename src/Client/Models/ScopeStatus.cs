namespace Kith.Client.Models;

/// <summary>How far the sessions of a scope are.</summary>
public sealed record ScopeStatus
{
    /// <summary>By session.</summary>
    public IReadOnlyDictionary<string, Backfill> BackfillStatus { get; init; } = new Dictionary<string, Backfill>();
}
