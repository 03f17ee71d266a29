namespace Kith.Client;

/// <summary>No answer came within <see cref="KithClientOptions.Timeout"/>, in any attempt. What was sent may have been done or not.</summary>
public sealed class KithTimeoutException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithTimeoutException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
