namespace Kith.Client;

/// <summary>The request is not what the server expects; the message names every place that is wrong. Status 422.</summary>
public sealed class KithValidationException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithValidationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
