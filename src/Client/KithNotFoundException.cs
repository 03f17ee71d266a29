namespace Kith.Client;

/// <summary>There is no such workspace, peer, session, message or conclusion. Status 404.</summary>
public sealed class KithNotFoundException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithNotFoundException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
