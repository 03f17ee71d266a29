using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kith.Client.Models;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client;

/// <summary>Somebody or something that takes part in sessions and is known, and knows others: a user, an agent, a character. <see cref="KithClient.Peer"/> makes one.</summary>
/// <example>
/// <code>
/// var alice = kith.Peer("alice");
/// await session.AddMessagesAsync([alice.Message("I love hiking.")]);
/// Console.WriteLine(await alice.ChatAsync("What does Alice like?"));
/// </code>
/// </example>
public class Peer
{
    private readonly KithClient _client;

    internal Peer(KithClient client, string id) => (_client, Id) = (client, id);

    internal Peer(KithClient client, PeerRow row)
        : this(client, row.Id) => Show(row);

    /// <summary>For tests: a peer without a server.</summary>
    protected Peer() => (_client, Id) = (null!, "");

    /// <summary>Its id.</summary>
    public virtual string Id { get; }

    /// <summary>Its workspace.</summary>
    public virtual string WorkspaceId => _client.WorkspaceId;

    /// <summary>As last read or written; null where neither happened yet.</summary>
    public virtual JsonObject? Metadata { get; protected set; }

    /// <summary>As last read or written; null where neither happened yet.</summary>
    public virtual PeerConfiguration? Configuration { get; protected set; }

    /// <summary>As last read; null where that did not happen yet.</summary>
    public virtual DateTimeOffset? CreatedAt { get; protected set; }

    /// <summary>What it knows about itself, and is known about it.</summary>
    public virtual Conclusions Conclusions => ConclusionsOf(Id);

    private string Path => $"{_client.Path}/peers/{Id}";

    /// <summary>What it knows about another peer.</summary>
    /// <param name="target">Whom it is about.</param>
    /// <example>
    /// <code>
    /// foreach (var conclusion in await assistant.ConclusionsOf(alice).QueryAsync("food"))
    ///     Console.WriteLine(conclusion.Content);
    /// </code>
    /// </example>
    public virtual Conclusions ConclusionsOf(PeerId target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return new(_client, Id, target.Value);
    }

    /// <summary>Something that it says, to be sent by <see cref="Session.AddMessagesAsync"/>. Nothing is requested.</summary>
    /// <param name="content">What is said: 1 to 25,000 characters that are not all blank.</param>
    /// <param name="metadata">Up to 100 members of your own, nested up to 5 levels.</param>
    /// <param name="createdAt">When it was said, for what comes from elsewhere; null: now.</param>
    /// <param name="configuration">Whether and how memory is formed of it.</param>
    /// <exception cref="ArgumentException">The content is blank.</exception>
    /// <example>
    /// <code>
    /// await session.AddMessageAsync(alice.Message("I live in Rome.", metadata: new() { ["source"] = "mail" }, createdAt: new(2024, 1, 15, 10, 30, 0, TimeSpan.Zero)));
    /// </code>
    /// </example>
    public virtual MessageDraft Message(string content, JsonObject? metadata = null, DateTimeOffset? createdAt = null, MessageConfiguration? configuration = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(content);
        return new(Id, content) { Metadata = metadata, CreatedAt = createdAt, Configuration = configuration };
    }

    /// <summary>Asks what is known: about this peer, or about a target as this peer knows it.</summary>
    /// <param name="query">The question: 1 to 10,000 characters.</param>
    /// <param name="options">Target, session, depth and more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such target or session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var answer = await assistant.ChatAsync("How does she like to travel?", new() { Target = alice, Session = session, IncludeEvidence = true });
    /// Console.WriteLine($"{answer} ({answer.Evidence?.Messages.Count} messages)");
    /// </code>
    /// </example>
    public virtual Task<ChatAnswer> ChatAsync(string query, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Chats.AskAsync(_client.Pipeline, $"{Path}/chat", Chat.Of(query, options), cancellationToken);

    /// <summary>Asks for an answer of a shape, such as a record of yours. Honcho's server knows this since 3.0.12.</summary>
    /// <typeparam name="T">An object. Neither recursive nor deeper than 20 levels.</typeparam>
    /// <param name="query">The question: 1 to 10,000 characters.</param>
    /// <param name="shape">From a <c>JsonSerializerContext</c>.</param>
    /// <param name="options">Target, session, depth and more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Null when there is nothing to say.</returns>
    /// <exception cref="KithValidationException">The server takes no such shape.</exception>
    /// <exception cref="KithException">The server refused, failed, could not be reached, or answered in another shape.</exception>
    /// <example>
    /// <code>
    /// // Trip is a record, and TripJson a JsonSerializerContext with [JsonSerializable(typeof(Trip))].
    /// var trip = await alice.ChatAsync("Where does she go next, and when?", TripJson.Default.Trip);
    /// </code>
    /// </example>
    public virtual Task<T?> ChatAsync<T>(string query, JsonTypeInfo<T> shape, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Chats.AskAsync(_client.Pipeline, $"{Path}/chat", query, options, shape, cancellationToken);

    /// <summary>As <see cref="ChatAsync(string, ChatOptions?, CancellationToken)"/>, word by word.</summary>
    /// <param name="query">The question: 1 to 10,000 characters.</param>
    /// <param name="options">Target, session, depth and more.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Fragments; the last one is empty and has the evidence, where that was asked for.</returns>
    /// <exception cref="KithNotFoundException">There is no such target or session.</exception>
    /// <exception cref="KithConnectionException">The answer broke off.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await foreach (var part in alice.ChatStreamingAsync("Tell me a story"))
    ///     Console.Write(part);
    /// </code>
    /// </example>
    public virtual IAsyncEnumerable<ChatPart> ChatStreamingAsync(string query, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        Chats.StreamAsync(_client.Pipeline, $"{Path}/chat", Chat.Of(query, options, stream: true), cancellationToken);

    /// <summary>The sessions that it is or was in, the oldest first.</summary>
    /// <param name="options">Which, and how many at a time.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var session in alice.GetSessionsAsync(new() { Reverse = true }))
    ///     Console.WriteLine(session);
    /// </code>
    /// </example>
    public virtual Paged<Session> GetSessionsAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Post, $"{Path}/sessions", options, HonchoJson.Default.SessionPage, row => new Session(_client, row), cancellationToken);

    /// <summary>The messages of this peer that fit a query best, by words and by meaning.</summary>
    /// <param name="query">What to look for: up to 8,192 tokens.</param>
    /// <param name="options">Which, and how many: 10 unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// foreach (var message in await alice.SearchAsync("programming", new() { Limit = 5 }))
    ///     Console.WriteLine(message.Content);
    /// </code>
    /// </example>
    public virtual Task<IReadOnlyList<Message>> SearchAsync(string query, SearchOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.SearchAsync($"{Path}/search", query, options, cancellationToken);

    /// <summary>The representation and the card in one answer. Empty for a peer or a target that does not exist yet: a mistyped one is not told from a new one.</summary>
    /// <param name="options">About whom, and how much.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var known = await assistant.GetContextAsync(new() { Target = alice, SearchQuery = "travel", MaxConclusions = 50 });
    /// Console.WriteLine(known.Representation);
    /// </code>
    /// </example>
    public virtual async Task<PeerContext> GetContextAsync(PeerContextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{Path}/context")
            .Add("target", options?.Target?.Value)
            .AddRecall(options)
            .Add("as_of", options?.AsOf)
            .Add("known_at", options?.KnownAt);
        try
        {
            var reply = await _client.Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false);
            return reply.Read(HonchoJson.Default.PeerContext);
        }
        catch (KithNotFoundException)
        {
            return new PeerContext { PeerId = Id, TargetId = options?.Target?.Value ?? Id };
        }
    }

    /// <summary>What is known, as text for a prompt (<c>working_rep</c> in older clients). Empty where nothing is known.</summary>
    /// <param name="options">About whom, from where, and how much: 25 conclusions unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var then = await alice.GetRepresentationAsync(new() { SearchQuery = "preferences", SearchTopK = 10, AsOf = new(2024, 6, 1, 0, 0, 0, TimeSpan.Zero) });
    /// </code>
    /// </example>
    public virtual async Task<string> GetRepresentationAsync(RepresentationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var call = Call.Post($"{Path}/representation", RepresentationQuery.Of(options), HonchoJson.Default.RepresentationQuery);
        var reply = await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.RepresentationRow).Representation ?? "";
    }

    /// <summary>The most important about a peer, line by line; null where there is no card, and for a peer or a target that does not exist yet.</summary>
    /// <param name="target">Whom it is about; null: this peer itself.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<IReadOnlyList<string>?> GetCardAsync(PeerId? target = null, CancellationToken cancellationToken = default)
    {
        try
        {
            var reply = await _client.Pipeline.SendAsync(Call.Get(CardPath(target)), cancellationToken).ConfigureAwait(false);
            return reply.Read(HonchoJson.Default.CardRow).PeerCard;
        }
        catch (KithNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Replaces the card.</summary>
    /// <param name="card">Its lines; none empties it. Up to 1,000 KiB in all; Kith's own cards have up to 40 lines.</param>
    /// <param name="target">Whom it is about; null: this peer itself.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await alice.SetCardAsync(["Name: Alice. Also known as 'Ali'.", "College student, prefers casual tone."]);
    /// </code>
    /// </example>
    public virtual Task SetCardAsync(IEnumerable<string> card, PeerId? target = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(card);
        return _client.Pipeline.SendAsync(Call.Put(CardPath(target), new CardUpdate([.. card]), HonchoJson.Default.CardUpdate), cancellationToken);
    }

    /// <summary>Where the consolidation of what this peer knows stands, and what the last runs did and cost. Kith only.</summary>
    /// <param name="target">Of whom it knows it; null: of itself.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such peer.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var history = await assistant.GetDreamsAsync(target: alice);
    /// Console.WriteLine(history.Runs.Count);
    /// </code>
    /// </example>
    public virtual async Task<DreamHistory> GetDreamsAsync(PeerId? target = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{_client.OwnPath}/peers/{Id}/dreams").Add("target", target?.Value);
        return (await _client.Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false)).Read(AdministrationJson.Default.DreamHistory);
    }

    /// <summary>Reads metadata and configuration into the properties. The peer is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{_client.Path}/peers", new PeerCreate(Id), HonchoJson.Default.PeerCreate), cancellationToken).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.PeerRow));
    }

    /// <summary>Its metadata. The peer is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<JsonObject> GetMetadataAsync(CancellationToken cancellationToken = default)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Metadata ?? [];
    }

    /// <summary>Replaces its metadata.</summary>
    /// <param name="metadata">Up to 100 members, nested up to 5 levels.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var metadata = await alice.GetMetadataAsync();
    /// metadata["location"] = "Paris";
    /// await alice.SetMetadataAsync(metadata);
    /// </code>
    /// </example>
    public virtual Task SetMetadataAsync(JsonObject metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return UpdateAsync(new PeerUpdate(Metadata: metadata), cancellationToken);
    }

    /// <summary>Its configuration. The peer is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<PeerConfiguration> GetConfigurationAsync(CancellationToken cancellationToken = default)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Configuration ?? new();
    }

    /// <summary>Replaces its configuration.</summary>
    /// <param name="configuration">All of it.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await assistant.SetConfigurationAsync(new() { ObserveMe = false });
    /// </code>
    /// </example>
    public virtual Task SetConfigurationAsync(PeerConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return UpdateAsync(new PeerUpdate(Configuration: configuration), cancellationToken);
    }

    /// <summary>Its id.</summary>
    public override string ToString() => Id;

    private async Task UpdateAsync(PeerUpdate update, CancellationToken cancellationToken)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Put(Path, update, HonchoJson.Default.PeerUpdate), cancellationToken).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.PeerRow));
    }

    private string CardPath(PeerId? target) => new Query($"{Path}/card").Add("target", target?.Value).ToString();

    private void Show(PeerRow row) => (Metadata, Configuration, CreatedAt) = (row.Metadata, row.Configuration, row.CreatedAt);
}
