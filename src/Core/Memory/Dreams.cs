namespace Kith.Core.Memory;

/// <summary>Consolidation of what one observer knows about one peer.</summary>
public sealed class Dreams
{
    /// <summary>Asks for a consolidation soon; a no-op while one is pending. Not found without the workspace; invalid when the observed is a scope or dreams are off.</summary>
    public Task ScheduleAsync(string workspace, string observer, string observed, bool rebuildCard, CancellationToken cancellationToken) => throw new NotSupportedException();
}
