namespace Kith.Core.Filters;

public enum Comparison
{
    Equal,

    /// <summary>On columns null-safe: an absent value is different from any operand.</summary>
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
