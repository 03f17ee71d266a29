using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Administration;

/// <summary>Background work that was given up: seen, tried again, put aside. Kith only.</summary>
/// <example>
/// <code>
/// foreach (var step in await kith.FailedSteps.ListAsync(kind: "derive").ToListAsync())
///     await kith.FailedSteps.ReplayAsync(step.Id);
/// </code>
/// </example>
public class FailedSteps
{
    private readonly KithClient _client;

    internal FailedSteps(KithClient client) => _client = client;

    /// <summary>For tests: failed steps without a server.</summary>
    protected FailedSteps() => _client = null!;

    private string Path => $"{_client.OwnPath}/failed-steps";

    /// <summary>The steps, the newest first, without those that were put aside. Read them all before they are replayed or dismissed, which takes them off the list.</summary>
    /// <param name="kind">Only of this kind.</param>
    /// <param name="session">Only of this session.</param>
    /// <param name="state">Only those that are <c>failed</c>, <c>replaying</c> or <c>dismissed</c>.</param>
    /// <param name="options">How many at a time. They cannot be filtered otherwise.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var step in kith.FailedSteps.ListAsync(session: session, state: "dismissed"))
    ///     Console.WriteLine($"{step.Kind}: {step.Reason}");
    /// </code>
    /// </example>
    public virtual Paged<FailedStep> ListAsync(string? kind = null, SessionId? session = null, string? state = null, ListOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new Query(Path).Add("kind", kind).Add("session_id", session?.Value).Add("state", state);
        return _client.Pipeline.List(HttpMethod.Get, query.ToString(), options, AdministrationJson.Default.FailedStepPage, row => row, cancellationToken);
    }

    /// <summary>One of them.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such step, or it has succeeded since.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<FailedStep> GetAsync(string id, CancellationToken cancellationToken = default) => SendAsync(Call.Get(PathOf(id)), cancellationToken);

    /// <summary>Has it tried again. When it succeeds it is gone.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such step.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<FailedStep> ReplayAsync(string id, CancellationToken cancellationToken = default) => SendAsync(Call.Post($"{PathOf(id)}/replay"), cancellationToken);

    /// <summary>Puts it aside.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such step.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<FailedStep> DismissAsync(string id, CancellationToken cancellationToken = default) => SendAsync(Call.Post($"{PathOf(id)}/dismiss"), cancellationToken);

    private async Task<FailedStep> SendAsync(Call call, CancellationToken cancellationToken) =>
        (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.FailedStep);

    private string PathOf(string id) => $"{Path}/{Ids.Given(id, nameof(id))}";
}
