namespace Kith.Core.Storage;

/// <summary>The orders that every store has an index for.</summary>
public enum QueryOrder
{
    /// <summary>By <c>createdAt</c>, then id.</summary>
    CreatedAt,

    /// <summary>By <c>sequence</c>.</summary>
    Sequence,
}
