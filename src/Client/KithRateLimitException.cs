namespace Kith.Client;

/// <summary>Too many requests. It was tried again as often as <see cref="KithClientOptions.MaxRetries"/> says. Status 429.</summary>
public sealed class KithRateLimitException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithRateLimitException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>How long the server asks to wait; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
