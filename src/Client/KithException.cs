using System.Net;

namespace Kith.Client;

/// <summary>
/// What goes wrong between a program and a server. Each status that callers tell apart has a type of its own; this one is thrown for the others, and caught for all.
/// </summary>
/// <example>
/// <code>
/// try
/// {
///     await alice.ChatAsync("Where does Bob live?", new() { Target = "bob" });
/// }
/// catch (KithNotFoundException unknown)
/// {
///     Console.WriteLine($"{unknown.Message} ({unknown.RequestId})");
/// }
/// </code>
/// </example>
public class KithException : Exception
{
    private (HttpStatusCode? Status, string? Code, string? RequestId) _answer;

    /// <summary>Makes one, as the client does or a test wants to.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="inner">What it came of.</param>
    public KithException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The status of the answer; null where there was none.</summary>
    public HttpStatusCode? StatusCode
    {
        get => _answer.Status;
        init => _answer.Status = value;
    }

    /// <summary>The reason as a stable word, where the server gives one: Kith's own routes and Eliza's do, Honcho's do not.</summary>
    public string? Code
    {
        get => _answer.Code;
        init => _answer.Code = value;
    }

    /// <summary>What the server or a proxy calls this request in its logs; null where it does not say.</summary>
    public string? RequestId
    {
        get => _answer.RequestId;
        init => _answer.RequestId = value;
    }

    /// <summary>What came with the answer, whatever type the exception has.</summary>
    internal KithException As(HttpStatusCode status, string? code, string? requestId)
    {
        _answer = (status, code, requestId);
        return this;
    }
}
