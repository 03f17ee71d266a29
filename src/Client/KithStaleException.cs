namespace Kith.Client;

/// <summary>Somebody else changed it since it was read: read it again, and repeat the change. Status 412.</summary>
public sealed class KithStaleException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithStaleException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
