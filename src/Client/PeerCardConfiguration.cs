namespace Kith.Client;

/// <summary>Whether cards are used and written.</summary>
public sealed record PeerCardConfiguration : OpenConfiguration
{
    /// <summary>Null: true.</summary>
    public bool? Use { get; init; }

    /// <summary>Null: true.</summary>
    public bool? Create { get; init; }
}
