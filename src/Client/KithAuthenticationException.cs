namespace Kith.Client;

/// <summary>No key, a wrong one, or one that may not do this. Honcho and Kith answer 401 to everything that a key does not permit. Status 401.</summary>
public sealed class KithAuthenticationException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithAuthenticationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
