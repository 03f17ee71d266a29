namespace Kith.Client;

/// <summary>The state of things does not allow it now: a workspace with active sessions, a taken id, or a request that is still being worked on. Status 409.</summary>
public sealed class KithConflictException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithConflictException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
