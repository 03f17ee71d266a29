namespace Kith.Client.Administration;

/// <summary>Calls and tokens.</summary>
public record UsageSum
{
    /// <summary>Calls to models.</summary>
    public long Calls { get; init; }

    /// <summary>Tokens that were sent.</summary>
    public long InputTokens { get; init; }

    /// <summary>Tokens that came back.</summary>
    public long OutputTokens { get; init; }
}
