namespace Kith.Client;

/// <summary>How memory is formed of one message.</summary>
public sealed record MessageConfiguration
{
    /// <summary>Whether it is formed at all.</summary>
    public ReasoningConfiguration? Reasoning { get; init; }
}
