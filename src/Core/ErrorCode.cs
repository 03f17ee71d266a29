namespace Kith.Core;

/// <summary>The closed set of reasons for which the core refuses a call. Each protocol maps them to its own statuses.</summary>
public enum ErrorCode
{
    /// <summary>The thing named does not exist.</summary>
    NotFound,

    /// <summary>The state of the thing does not allow the call, or somebody else changed it first.</summary>
    Conflict,

    /// <summary>The input breaks a rule; the message says which.</summary>
    Invalid,

    /// <summary>The caller may not do this.</summary>
    Forbidden,

    /// <summary>A limit on size, number, rate or tokens is used up.</summary>
    BudgetExceeded,

    /// <summary>A dependency does not answer now; a retry may succeed.</summary>
    Unavailable,
}
