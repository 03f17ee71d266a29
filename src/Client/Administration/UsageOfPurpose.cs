namespace Kith.Client.Administration;

/// <summary>What a purpose cost.</summary>
public sealed record UsageOfPurpose : UsageSum
{
    /// <summary><c>derive</c>, <c>summary</c>, <c>chat</c>, <c>dream</c> or <c>embed</c>.</summary>
    public string Purpose { get; init; } = "";
}
