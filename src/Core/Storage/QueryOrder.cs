namespace Kith.Core.Storage;

/// <summary>The orders that every store has an index for. Equal keys are ordered by id, then by partition.</summary>
public enum QueryOrder
{
    /// <summary>By <c>createdAt</c>; documents without one come first.</summary>
    CreatedAt,

    /// <summary>By <c>sequence</c>; documents without one are left out.</summary>
    Sequence,
}
