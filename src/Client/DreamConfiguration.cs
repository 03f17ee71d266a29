namespace Kith.Client;

/// <summary>Whether what is known is consolidated in the background.</summary>
public sealed record DreamConfiguration : OpenConfiguration
{
    /// <summary>Null: true.</summary>
    public bool? Enabled { get; init; }
}
