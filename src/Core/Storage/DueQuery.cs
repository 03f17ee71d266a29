namespace Kith.Core.Storage;

/// <summary>A question for documents that ask for work.</summary>
/// <param name="Before">Their <c>dueAt</c> is at or before this.</param>
public sealed record DueQuery(DateTimeOffset Before)
{
    /// <summary>And at or after this; null for any.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Null for all.</summary>
    public string? Workspace { get; init; }

    /// <summary>Where to look; null for everywhere.</summary>
    public IReadOnlyCollection<Container>? Containers { get; init; }

    /// <summary>At most so many, 1 to 1,000.</summary>
    public int Limit { get; init; } = StoreLimits.PageSize;
}
