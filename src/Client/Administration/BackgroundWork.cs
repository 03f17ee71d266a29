using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Administration;

/// <summary>What is still to be learnt from what was said, and what became of each message. Kith only.</summary>
/// <example>
/// <code>
/// await kith.Work.FlushAsync();
/// var work = await kith.Work.GetAsync();
/// Console.WriteLine($"{work.Units.Pending} units wait, the oldest for {work.OldestPendingSeconds} s");
/// </code>
/// </example>
public class BackgroundWork
{
    private readonly KithClient _client;

    internal BackgroundWork(KithClient client) => _client = client;

    /// <summary>For tests: work without a server.</summary>
    protected BackgroundWork() => _client = null!;

    /// <summary>What is left, since when, and what holds it up.</summary>
    /// <param name="session">Only of this session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<WorkOverview> GetAsync(SessionId? session = null, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get($"{PathOf(session)}/queue"), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.WorkOverview);

    /// <summary>Has the messages derived that wait for more to come. Without a model nothing waits.</summary>
    /// <param name="session">Only of this session.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task FlushAsync(SessionId? session = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.SendAsync(Call.Post(session is null ? $"{_client.OwnPath}/queue/flush" : $"{PathOf(session)}/flush"), cancellationToken);

    /// <summary>What became of the messages of a session, in its order.</summary>
    /// <param name="session">The session.</param>
    /// <param name="options">How many at a time. They cannot be filtered.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var state in kith.Work.GetMessageStatesAsync(session))
    ///     Console.WriteLine($"{state.Sequence}: {state.State}");
    /// </code>
    /// </example>
    public virtual Paged<MessageState> GetMessageStatesAsync(SessionId session, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _client.Pipeline.List(HttpMethod.Get, $"{PathOf(session)}/messages/states", options, AdministrationJson.Default.MessageStatePage, row => row, cancellationToken);
    }

    /// <summary>What became of a message.</summary>
    /// <param name="session">Its session.</param>
    /// <param name="message">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such message.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var state = await kith.Work.GetMessageStateAsync(session, message.Id);
    /// </code>
    /// </example>
    public virtual async Task<MessageState> GetMessageStateAsync(SessionId session, string message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var reply = await _client.Pipeline.SendAsync(Call.Get($"{PathOf(session)}/messages/{Ids.Given(message, nameof(message))}/state"), cancellationToken).ConfigureAwait(false);
        return reply.Read(AdministrationJson.Default.MessageState);
    }

    private string PathOf(SessionId? session) => session is null ? _client.OwnPath : $"{_client.OwnPath}/sessions/{session.Value}";
}
