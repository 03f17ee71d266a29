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
}
