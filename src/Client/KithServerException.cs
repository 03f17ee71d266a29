namespace Kith.Client;

/// <summary>The server failed. It was tried again as often as <see cref="KithClientOptions.MaxRetries"/> says. Status 500 and above.</summary>
public sealed class KithServerException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithServerException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
