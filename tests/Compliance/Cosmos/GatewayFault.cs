namespace Kith.Compliance.Tests.Cosmos;

/// <summary>What may happen to a request on its way.</summary>
public enum GatewayFault
{
    None,

    /// <summary>429 with a time to wait; nothing is done.</summary>
    Throttled,

    /// <summary>449: another write came in between; nothing is done.</summary>
    RetryWith,

    /// <summary>503; nothing is done.</summary>
    Unavailable,

    /// <summary>503, although it is done.</summary>
    UnavailableAfter,

    /// <summary>408, although it is done.</summary>
    TimeoutAfter,

    /// <summary>The connection breaks before anything is done.</summary>
    Cut,

    /// <summary>The connection breaks before the answer arrives.</summary>
    CutAfter,
}
