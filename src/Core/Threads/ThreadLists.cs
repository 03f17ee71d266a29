using Kith.Core.Filters;

namespace Kith.Core.Threads;

/// <summary>Threads beside each other: lists, branches, figures. None of them shows expired threads.</summary>
public sealed class ThreadLists
{
    private const int TopWorkflows = 10;

    private readonly ThreadReader _reader;
    private readonly ThreadDirectory _directory;

    internal ThreadLists(ThreadReader reader, ThreadDirectory directory)
    {
        _reader = reader;
        _directory = directory;
    }

    /// <summary>The newest activity first. The cursor of the next page is null at the end; a page may hold fewer threads than the limit.</summary>
    /// <param name="limit">1 to 100.</param>
    public Task<(IReadOnlyList<ThreadSnapshot> Threads, string? Cursor)> PageAsync(string workspace, ThreadFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        Condition?[] conditions =
        [
            filter.Workflow is { } workflow ? Is("workflowName", workflow) : null,
            filter.Status is { } status ? Is("status", status.ToString()) : null,
            filter.Parent is { } parent ? ThreadDirectory.HasParent(parent) : null,
        ];
        return _directory.PageAsync(workspace, new Condition.All([.. conditions.OfType<Condition>()]), limit, cursor, cancellationToken);
    }

    /// <summary>The root first. Stops at an ancestor that is gone, and at the depth, which is also what ends a circle (spec modelchorus §4.3).</summary>
    public async Task<ThreadChain> ChainAsync(string workspace, string id, int maxDepth, CancellationToken cancellationToken)
    {
        var threads = new List<ThreadSnapshot> { await _reader.GetAsync(workspace, id, cancellationToken) };
        while (threads.Count < maxDepth
            && threads[^1].Thread.ParentThreadId is { } parent
            && await _reader.FindAsync(workspace, parent, cancellationToken) is { } found)
        {
            threads.Add(found);
        }

        threads.Reverse();
        return new ThreadChain(threads, threads[0].Thread.ParentThreadId is not null);
    }

    public async Task<IReadOnlyList<ThreadSnapshot>> ChildrenAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        await _reader.GetAsync(workspace, id, cancellationToken);
        return await AllAsync(workspace, ThreadDirectory.HasParent(id), cancellationToken);
    }

    /// <summary>Other branches of the same parent at the same branch point; none for a root.</summary>
    public async Task<IReadOnlyList<ThreadSnapshot>> SiblingsAsync(string workspace, string id, CancellationToken cancellationToken) =>
        await SiblingsAsync(workspace, await _reader.GetAsync(workspace, id, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<ThreadSnapshot>> SiblingsAsync(string workspace, ThreadSnapshot thread, CancellationToken cancellationToken)
    {
        if (thread.Thread.ParentThreadId is not { } parent)
            return [];

        var children = await AllAsync(workspace, ThreadDirectory.HasParent(parent), cancellationToken);
        return [.. children.Where(child => child.Id != thread.Id && child.Thread.BranchPoint == thread.Thread.BranchPoint)];
    }

    public async Task<ThreadStatistics> StatisticsAsync(string workspace, CancellationToken cancellationToken)
    {
        var threads = await AllAsync(workspace, null, cancellationToken);
        var spoken = threads.Select(thread => thread.Stored - thread.Erased).Where(messages => messages > 0).DefaultIfEmpty().Average();
        return new ThreadStatistics(
            threads.Count,
            threads.Sum(thread => thread.Stored - thread.Erased),
            Count(ThreadStatus.Active),
            Count(ThreadStatus.Completed),
            Count(ThreadStatus.Archived),
            Math.Round(spoken, 2),
            [.. threads.CountBy(thread => thread.Thread.WorkflowName)
                .OrderByDescending(workflow => workflow.Value).ThenBy(workflow => workflow.Key, StringComparer.Ordinal)
                .Take(TopWorkflows).Select(workflow => (workflow.Key, workflow.Value))]);

        int Count(ThreadStatus status) => threads.Count(thread => thread.Thread.Status == status);
    }

    private async Task<IReadOnlyList<ThreadSnapshot>> AllAsync(string workspace, Condition? where, CancellationToken cancellationToken)
    {
        var threads = new List<ThreadSnapshot>();
        await foreach (var thread in _directory.AllAsync(workspace, where, cancellationToken))
            threads.Add(thread);
        return threads;
    }

    private static Condition.Compare Is(string member, string value) => new(Field.Text("thread", member), Comparison.Equal, value);
}
