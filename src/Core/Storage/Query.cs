using Kith.Core.Filters;

namespace Kith.Core.Storage;

/// <summary>A query over the documents of one type in one partition, or below one partition prefix.</summary>
/// <param name="Type">The body's <c>type</c>.</param>
public sealed record Query(string Type)
{
    /// <summary>Conditions on the body; null for all documents of the type.</summary>
    public Condition? Where { get; init; }

    /// <summary>Only documents with these ids, at most <see cref="StoreLimits.PageSize"/> and looked up by key; null for any.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    public QueryOrder Order { get; init; } = QueryOrder.CreatedAt;

    public bool Descending { get; init; }

    /// <summary>Documents to leave out from the start; not together with <see cref="Continuation"/>.</summary>
    public int Skip { get; init; }

    /// <summary>At most this many documents in the page, 1 to 1,000.</summary>
    public int Limit { get; init; } = StoreLimits.PageSize;

    /// <summary>From the page before; opaque, valid for the same query only.</summary>
    public string? Continuation { get; init; }
}
