namespace Kith.Core.Reasoning;

/// <summary>How much effort an answer may take; each level searches at least as far as the one before.</summary>
public enum ReasoningLevel
{
    Minimal,
    Low,
    Medium,
    High,
    Max,
}
