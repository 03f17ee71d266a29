namespace Kith.Compliance.Tests.Search;

/// <summary>What may happen to a request on its way.</summary>
public enum SearchFaultKind
{
    None,

    /// <summary>429 with a time to wait.</summary>
    Throttled,

    /// <summary>503.</summary>
    Unavailable,

    /// <summary>No answer; nothing was done.</summary>
    Silence,

    /// <summary>The connection breaks before anything was done.</summary>
    CutBefore,

    /// <summary>The connection breaks after the request was carried out.</summary>
    CutAfter,

    /// <summary>The connection breaks in the middle of the answer.</summary>
    CutWithin,
}
