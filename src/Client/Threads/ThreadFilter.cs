namespace Kith.Client.Threads;

/// <summary>Which threads are listed; what is null does not matter.</summary>
public sealed record ThreadFilter
{
    /// <summary>Those of this workflow.</summary>
    public string? WorkflowName { get; init; }

    /// <summary>Those that stand there.</summary>
    public ConversationStatus? Status { get; init; }

    /// <summary>The branches of this thread.</summary>
    public string? ParentThreadId { get; init; }

    /// <summary>How many one request brings: 1 to 100.</summary>
    public int PageSize { get; init; } = 50;
}
