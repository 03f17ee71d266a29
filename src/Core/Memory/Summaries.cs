namespace Kith.Core.Memory;

/// <summary>The running summaries of sessions.</summary>
public sealed class Summaries
{
    /// <summary>Both null for an unknown session.</summary>
    public Task<SessionSummaries> FindAsync(string workspace, string session, CancellationToken cancellationToken) => throw new NotSupportedException();
}
