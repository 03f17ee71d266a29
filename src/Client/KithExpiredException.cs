namespace Kith.Client;

/// <summary>It was there and has expired. Status 410.</summary>
public sealed class KithExpiredException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithExpiredException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
