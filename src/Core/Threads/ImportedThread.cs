namespace Kith.Core.Threads;

/// <summary>A thread that comes from elsewhere with its id and times.</summary>
/// <param name="Thread">Its id is given; the branch point is kept as it is, whatever the parent knows.</param>
public sealed record ImportedThread(NewThread Thread, IReadOnlyList<NewThreadMessage> Messages, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt)
{
    public ThreadStatus Status { get; init; }

    public StateChange? State { get; init; }
}
