using Kith.Client.Filtering;

namespace Kith.Client;

/// <summary>Where is searched, and how much is returned.</summary>
public sealed record SearchOptions
{
    /// <summary>Only messages that it admits.</summary>
    public Filter? Filter { get; init; }

    /// <summary>1 to 100. Null: the server's usual, 10.</summary>
    public int? Limit { get; init; }

    /// <summary>Only messages that this scope sees; in a whole workspace only.</summary>
    public string? Scope { get; init; }

    /// <summary>Adds to each message why it was found. Kith only.</summary>
    public bool IncludeScores { get; init; }
}
