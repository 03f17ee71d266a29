using System.Text.Json;

namespace Kith.Core.Filters;

/// <summary>
/// A filter as a typed tree. Stores compile it to their query language with parameters; values and names are never pasted into it.
/// Conditions are two-valued: an absent value makes a comparison false, and <see cref="Not"/> of that true.
/// </summary>
public abstract record Condition
{
    private Condition() { }

    /// <summary>Every part holds; true when empty.</summary>
    public sealed record All(params IReadOnlyList<Condition> Parts) : Condition;

    /// <summary>At least one part holds; false when empty.</summary>
    public sealed record Any(params IReadOnlyList<Condition> Parts) : Condition;

    public sealed record Not(Condition Part) : Condition;

    /// <summary>Operands are a string for Text, Time and Json, a double for Number and Json, a bool for Boolean.</summary>
    public sealed record Compare(Field Field, Comparison Comparison, object Operand) : Condition;

    /// <summary>The value is absent or null.</summary>
    public sealed record IsNull(Field Field) : Condition;

    /// <summary>The value equals one of the operands (on Json: its text form does); false when empty.</summary>
    public sealed record In(Field Field, IReadOnlyList<object> Operands) : Condition;

    /// <summary>Case-insensitive substring of a Text field, or of the text form of a Json field. Case folding is at least ASCII's.</summary>
    public sealed record TextContains(Field Field, string Text) : Condition;

    /// <summary>A TextList field has this entry.</summary>
    public sealed record Includes(Field Field, string Entry) : Condition;

    /// <summary>
    /// JSON containment: objects match when every member of the operand is contained, arrays when every element of the operand is contained in
    /// some element, scalars when equal in type and value.
    /// </summary>
    public sealed record JsonContains(Field Field, JsonElement Operand) : Condition;
}
