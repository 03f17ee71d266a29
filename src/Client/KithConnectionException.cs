namespace Kith.Client;

/// <summary>The server could not be reached, or the connection broke off. What was sent may have arrived or not.</summary>
public sealed class KithConnectionException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithConnectionException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
