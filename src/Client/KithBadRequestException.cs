namespace Kith.Client;

/// <summary>The request breaks a limit or a rule, such as more than 10 observers in a session. Status 400.</summary>
public sealed class KithBadRequestException : KithException
{
    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithBadRequestException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
