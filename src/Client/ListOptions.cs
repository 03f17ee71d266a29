using Kith.Client.Filtering;

namespace Kith.Client;

/// <summary>What a list holds, and in which order.</summary>
public sealed record ListOptions
{
    /// <summary>Only what it admits.</summary>
    public Filter? Filter { get; init; }

    /// <summary>How much one request brings: 1 to 100. Null: the server's usual, 50.</summary>
    public int? PageSize { get; init; }

    /// <summary>The page to begin with, from 1 on.</summary>
    public int FirstPage { get; init; } = 1;

    /// <summary>The newest first; of conclusions, the oldest first.</summary>
    public bool Reverse { get; init; }

    /// <summary>A list of what a filter admits.</summary>
    /// <param name="filter">The filter.</param>
    public static implicit operator ListOptions(Filter filter) => new() { Filter = filter };
}
