namespace Kith.Client.Administration;

/// <summary>What a purpose cost on a day with a model.</summary>
public sealed record UsageOfDay : UsageSum
{
    /// <summary>In UTC.</summary>
    public DateOnly Day { get; init; }

    /// <summary><c>derive</c>, <c>summary</c>, <c>chat</c>, <c>dream</c> or <c>embed</c>.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The model.</summary>
    public string Model { get; init; } = "";
}
