namespace Kith.Http.Eliza.Requests;

/// <summary>How a reply comes back.</summary>
internal enum Transport
{
    /// <summary>Later, as a message of the history.</summary>
    WebSocket,

    /// <summary>With the answer to the request.</summary>
    Http,

    /// <summary>As a stream of events.</summary>
    Sse,
}
