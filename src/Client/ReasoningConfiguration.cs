namespace Kith.Client;

/// <summary>Whether memory is formed of messages, and what to look for.</summary>
public sealed record ReasoningConfiguration : OpenConfiguration
{
    /// <summary>Null: as the workspace or server has it; true in the end.</summary>
    public bool? Enabled { get; init; }

    /// <summary>What to pay attention to, in up to 2,000 tokens.</summary>
    public string? CustomInstructions { get; init; }
}
