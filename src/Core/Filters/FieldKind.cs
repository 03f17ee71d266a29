namespace Kith.Core.Filters;

/// <summary>How a field is stored and compared.</summary>
public enum FieldKind
{
    /// <summary>A string; ordinal comparison.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A <see cref="Timestamp"/>; operands are timestamps in the same form.</summary>
    Time,

    /// <summary>An array of strings: only <see cref="Condition.Includes"/> and <see cref="Condition.IsNull"/> apply.</summary>
    TextList,

    /// <summary>
    /// Free JSON below the metadata object. <see cref="Condition.Compare"/> works on the text form of the stored value
    /// (strings as they are, numbers and booleans as JSON, objects as JSON): with a number operand both sides are compared as numbers
    /// and a stored value that is no number does not match; an absent or null value matches no comparison, <c>NotEqual</c> included.
    /// </summary>
    Json,
}
