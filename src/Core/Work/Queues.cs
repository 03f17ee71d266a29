namespace Kith.Core.Work;

/// <summary>How far background work is.</summary>
public sealed class Queues
{
    /// <summary>Units of work of a workspace, or of one session. Observer and sender widen each other: units seen by the one or written by the other. Unknown names give zeros.</summary>
    public Task<QueueStatus> StatusAsync(string workspace, string? observer, string? sender, string? session, CancellationToken cancellationToken) => throw new NotSupportedException();
}
