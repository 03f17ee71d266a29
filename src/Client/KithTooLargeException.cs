namespace Kith.Client;

/// <summary>A body or a file is larger than the server takes (files: 5 MiB unless the server says otherwise). Status 413.</summary>
public sealed class KithTooLargeException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithTooLargeException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
