namespace Kith.Core.Memory;

/// <summary>How a conclusion came about.</summary>
internal static class Levels
{
    /// <summary>Stated in messages, or written by a person.</summary>
    public const string Explicit = "explicit";

    public const string Deductive = "deductive";

    /// <summary>A pattern over several others.</summary>
    public const string Inductive = "inductive";

    public const string Contradiction = "contradiction";

    /// <summary>
    /// The level under which the recall index keeps what is not true any more, whatever its own: plain recall leaves it out without
    /// looking at it, and looking back in time finds it by the same ranking. Never stored.
    /// </summary>
    public const string Past = "past";

    public static IReadOnlySet<string> Current { get; } = new HashSet<string> { Explicit, Deductive, Inductive, Contradiction };
}
