namespace Kith.Client;

/// <summary>The server does not serve this caller, whatever its key: a proxy, or a foreign <c>Host</c>. Status 403.</summary>
public sealed class KithPermissionException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithPermissionException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
