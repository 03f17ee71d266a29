using System.Text.Json.Nodes;
using Kith.Client.Filtering;
using Kith.Client.Models;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client;

/// <summary>
/// What is known (<c>observations</c> in older clients): what one peer knows about another, by <see cref="Peer.ConclusionsOf"/>; what is known about a peer, by
/// <see cref="Peer.Conclusions"/>; or everything in a workspace, by <see cref="KithClient.Conclusions"/>.
/// </summary>
/// <example>
/// <code>
/// var aboutBob = alice.ConclusionsOf("bob");
/// await aboutBob.CreateAsync([new("Prefers dark mode", "session-1"), "Works late at night"]);
/// var found = await aboutBob.QueryAsync("How does Bob work?");
/// </code>
/// </example>
public class Conclusions
{
    private const int MostAtOnce = 100;

    private readonly KithClient _client;
    private readonly string? _observer;
    private readonly string? _observed;

    internal Conclusions(KithClient client, string? observer = null, string? observed = null) => (_client, _observer, _observed) = (client, observer, observed);

    /// <summary>For tests: conclusions without a server.</summary>
    protected Conclusions() => _client = null!;

    private string Path => $"{_client.Path}/conclusions";

    /// <summary>All of them, the newest first.</summary>
    /// <param name="options">Which, in which order, and how many at a time.</param>
    /// <param name="session">Only what was learnt there.</param>
    /// <param name="includeSources">Adds to each the messages that it rests on. Kith only.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var conclusion in alice.Conclusions.ListAsync(session: session, includeSources: true))
    ///     Console.WriteLine($"{conclusion.Content} ({conclusion.MessageIds?.Count} messages)");
    /// </code>
    /// </example>
    public virtual Paged<Conclusion> ListAsync(ListOptions? options = null, SessionId? session = null, bool includeSources = false, CancellationToken cancellationToken = default)
    {
        var filters = Filters(options?.Filter, session);
        var body = filters.Count == 0 && !includeSources ? null : new Listing(filters.Count == 0 ? null : filters, includeSources ? true : null);
        return _client.Pipeline.List(HttpMethod.Post, $"{Path}/list", options is null ? null : options with { Filter = null }, HonchoJson.Default.ConclusionPage, row => row, cancellationToken, body);
    }

    /// <summary>Those that are closest in meaning, the closest first.</summary>
    /// <param name="query">What to look for: up to 8,192 tokens.</param>
    /// <param name="options">How many, how far, and by what else.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithValidationException">A whole workspace is asked, and the server wants to know whose conclusions.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var found = await alice.Conclusions.QueryAsync("food preferences", new() { TopK = 5, Distance = 0.5 });
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<Conclusion>> QueryAsync(string query, ConclusionQueryOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(query);
        var body = new ConclusionSearch(query, options?.TopK, options?.Distance, Filters(options?.Filter), options?.AsOf, options?.KnownAt);
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{Path}/query", body, HonchoJson.Default.ConclusionSearch), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Conclusions);
    }

    /// <summary>Stores conclusions, all or none, of the level <c>explicit</c>. Peers and sessions are created where they do not exist.</summary>
    /// <param name="conclusions">1 to 100; a text does for one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">These are the conclusions of a whole workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var created = await assistant.ConclusionsOf(alice).CreateAsync([new("Prefers dark mode", session), "Works late at night"]);
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<Conclusion>> CreateAsync(IEnumerable<ConclusionDraft> conclusions, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(conclusions);
        if (_observer is null || _observed is null)
            throw new InvalidOperationException("Whose they are has to be said: use Peer.Conclusions or Peer.ConclusionsOf.");
        IReadOnlyList<ConclusionDraft> drafts = [.. conclusions];
        var batch = new ConclusionBatch([.. drafts.Select(draft => new ConclusionCreate(draft.Content, _observer, _observed, draft.Session?.Value))]);
        var reply = await KithClient.OrCreateAsync(
            () => _client.Pipeline.SendAsync(Call.Post(Path, batch, HonchoJson.Default.ConclusionBatch), cancellationToken),
            () => CreatePlacesAsync(drafts, cancellationToken)).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Conclusions);
    }

    /// <summary>Deletes one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such conclusion.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        _client.Pipeline.SendAsync(Call.Remove($"{Path}/{Ids.Given(id, nameof(id))}"), cancellationToken);

    /// <summary>One of them. Honcho's server knows this since 3.1.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such conclusion, or it is not one of these.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Conclusion> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get($"{Path}/{Ids.Given(id, nameof(id))}"), cancellationToken).ConfigureAwait(false);
        var found = reply.Read(HonchoJson.Default.Conclusion);
        return (_observer is null || found.ObserverId == _observer) && (_observed is null || found.ObservedId == _observed)
            ? found
            : throw new KithNotFoundException($"{id} is not what {_observer} knows about {_observed}.");
    }

    /// <summary>Those of these ids that exist, in the order of the ids. They are requested by hundreds.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var sources = await alice.Conclusions.GetManyAsync(conclusion.SourceIds ?? []);
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<Conclusion>> GetManyAsync(IEnumerable<string> ids, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ids);
        string[] wanted = [.. ids];
        var found = new Dictionary<string, Conclusion>();
        foreach (var some in wanted.Distinct().Chunk(MostAtOnce))
        {
            var options = new ListOptions { Filter = Filter.Id.In([.. some]), PageSize = some.Length };
            await foreach (var conclusion in ListAsync(options, cancellationToken: cancellationToken).ConfigureAwait(false))
                found[conclusion.Id] = conclusion;
        }

        return [.. wanted.Where(found.ContainsKey).Select(id => found[id])];
    }

    /// <summary>Those that were drawn from one. Honcho's server knows this since 3.1.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public virtual Paged<Conclusion> GetDerivedAsync(string id, CancellationToken cancellationToken = default) => ListAsync(Filter.SourceIds.Contains(id), cancellationToken: cancellationToken);

    /// <summary>The same as text for a prompt.</summary>
    /// <param name="options">From where, and how much. Its target is whom these are about.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="InvalidOperationException">These are the conclusions of a whole workspace.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var text = await assistant.ConclusionsOf(alice).GetRepresentationAsync(new() { MaxConclusions = 50 });
    /// </code>
    /// </example>
    public virtual Task<string> GetRepresentationAsync(RepresentationOptions? options = null, CancellationToken cancellationToken = default) =>
        _observer is null || _observed is null
            ? throw new InvalidOperationException("Whose they are has to be said: use Peer.Conclusions or Peer.ConclusionsOf.")
            : _client.Peer(_observer).GetRepresentationAsync((options ?? new()) with { Target = _observed }, cancellationToken);

    /// <summary>Says it in other words, which no later pass changes. What it was before stays in its history. Kith only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="content">The right words: 1 to 65,535 characters.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The conclusion that replaces it, which has another id.</returns>
    /// <exception cref="KithNotFoundException">There is no such conclusion.</exception>
    /// <exception cref="KithConflictException">It was corrected or taken back before: the message names the one to correct.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var right = await alice.Conclusions.CorrectAsync(conclusion.Id, "Lives in Potsdam, near Berlin");
    /// </code>
    /// </example>
    public virtual Task<KnownConclusion> CorrectAsync(string id, string content, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(content);
        return ChangeAsync(Call.Patch(OwnPathOf(id), new ConclusionChange(content, null), AdministrationJson.Default.ConclusionChange) with { NeedsKey = true }, cancellationToken);
    }

    /// <summary>Says that it stays as it is whatever later passes find, or that it does not have to. Kith only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="pinned">Whether it stays.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such conclusion.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await alice.Conclusions.PinAsync(conclusion.Id);
    /// </code>
    /// </example>
    public virtual Task<KnownConclusion> PinAsync(string id, bool pinned = true, CancellationToken cancellationToken = default) =>
        ChangeAsync(Call.Patch(OwnPathOf(id), new ConclusionChange(null, pinned), AdministrationJson.Default.ConclusionChange), cancellationToken);

    /// <summary>Takes it back: it stays in its history, and the same messages do not bring it up again. Kith only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such conclusion.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<KnownConclusion> RetractAsync(string id, CancellationToken cancellationToken = default) => ChangeAsync(Call.Post($"{OwnPathOf(id)}/retract"), cancellationToken);

    /// <summary>It, what it replaced, and what replaced it. Kith only.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such conclusion.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<IReadOnlyList<KnownConclusion>> GetHistoryAsync(string id, CancellationToken cancellationToken = default) =>
        (await _client.Pipeline.SendAsync(Call.Get($"{OwnPathOf(id)}/history"), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.KnownConclusions);

    private async Task<KnownConclusion> ChangeAsync(Call call, CancellationToken cancellationToken) =>
        (await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.KnownConclusion);

    private string OwnPathOf(string id) => $"{_client.OwnPath}/conclusions/{Ids.Given(id, nameof(id))}";

    private JsonObject Filters(Filter? filter, SessionId? session = null)
    {
        var wire = new JsonObject();
        if (_observer is not null)
            wire["observer_id"] = _observer;
        if (_observed is not null)
            wire["observed_id"] = _observed;
        if (session is not null)
            wire["session_id"] = session.Value;
        if (filter is not null)
            wire["AND"] = new JsonArray(filter.ToJson());
        return wire;
    }

    private async Task CreatePlacesAsync(IReadOnlyList<ConclusionDraft> drafts, CancellationToken cancellationToken)
    {
        foreach (var peer in new[] { _observer!, _observed! }.Distinct())
            await _client.Peer(peer).RefreshAsync(cancellationToken).ConfigureAwait(false);
        foreach (var session in drafts.Select(draft => draft.Session).OfType<SessionId>().Distinct())
            await _client.Session(session.Value).RefreshAsync(cancellationToken).ConfigureAwait(false);
    }
}
