using System.Text.Json.Nodes;
using Kith.Client.Models;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client;

/// <summary>A conversation between peers. <see cref="KithClient.Session"/> makes one.</summary>
/// <example>
/// <code>
/// var session = kith.Session("conversation-1");
/// await session.AddMessagesAsync([alice.Message("Hello everyone!"), assistant.Message("Hi Alice! How can I help today?")]);
/// var context = await session.GetContextAsync(new() { Tokens = 2000 });
/// </code>
/// </example>
public class Session
{
    /// <summary>How many messages a call of <see cref="AddMessagesAsync"/> takes at most.</summary>
    public const int MostMessages = 100;

    private readonly KithClient _client;

    internal Session(KithClient client, string id) => (_client, Id) = (client, id);

    internal Session(KithClient client, SessionRow row)
        : this(client, row.Id) => Show(row);

    /// <summary>For tests: a session without a server.</summary>
    protected Session() => (_client, Id) = (null!, "");

    /// <summary>Its id.</summary>
    public virtual string Id { get; }

    /// <summary>Its workspace.</summary>
    public virtual string WorkspaceId => _client.WorkspaceId;

    /// <summary>As last read or written; null where neither happened yet.</summary>
    public virtual JsonObject? Metadata { get; protected set; }

    /// <summary>As last read or written; null where neither happened yet.</summary>
    public virtual MemoryConfiguration? Configuration { get; protected set; }

    /// <summary>As last read; null where that did not happen yet.</summary>
    public virtual DateTimeOffset? CreatedAt { get; protected set; }

    /// <summary>False from its deletion on, as last read; null where that did not happen yet.</summary>
    public virtual bool? IsActive { get; protected set; }

    private string Path => $"{_client.Path}/sessions/{Id}";

    /// <summary>Stores messages, all or none, and creates what does not exist yet: workspace, session, and peers, which become members.</summary>
    /// <param name="messages">1 to 100, made by <see cref="Peer.Message"/>. For more, send them with <c>Chunk(Session.MostMessages)</c>.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may be stored nevertheless.</param>
    /// <returns>The messages as stored, in the same order.</returns>
    /// <exception cref="ArgumentException">There are none, or more than 100.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// foreach (var batch in history.Select(line => alice.Message(line)).Chunk(Session.MostMessages))
    ///     await session.AddMessagesAsync(batch);
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<Message>> AddMessagesAsync(IEnumerable<MessageDraft> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var batch = new MessageBatch([.. messages.Select(MessageCreate.Of)]);
        if (batch.Messages.Count is 0 or > MostMessages)
            throw new ArgumentException($"A call takes 1 to {MostMessages} messages, not {batch.Messages.Count}.", nameof(messages));
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{Path}/messages", batch, HonchoJson.Default.MessageBatch), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Messages);
    }

    /// <summary>Stores one message, as <see cref="AddMessagesAsync"/> does several.</summary>
    /// <param name="message">Made by <see cref="Peer.Message"/>.</param>
    /// <param name="cancellationToken">Stops waiting; what was sent may be stored nevertheless.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var stored = await session.AddMessageAsync(alice.Message("Hello!") with { ClientId = "mail-17" });
    /// </code>
    /// </example>
    public virtual async Task<Message> AddMessageAsync(MessageDraft message, CancellationToken cancellationToken = default) =>
        (await AddMessagesAsync([message], cancellationToken).ConfigureAwait(false))[0];

    /// <summary>The messages, in the order in which they were stored.</summary>
    /// <param name="options">Which, in which order, and how many at a time. A <see cref="Filtering.Filter"/> does for one.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var message in session.GetMessagesAsync(Filter.Metadata("topic").Is("finance")))
    ///     Console.WriteLine($"{message.PeerId}: {message.Content}");
    /// </code>
    /// </example>
    public virtual Paged<Message> GetMessagesAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Post, $"{Path}/messages/list", options, HonchoJson.Default.MessagePage, row => row, cancellationToken);

    /// <summary>One message.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such message.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<Message> GetMessageAsync(string id, CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get(MessagePath(id)), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Message);
    }

    /// <summary>Replaces the metadata of a message.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="metadata">Up to 100 members, nested up to 5 levels.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such message.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await session.UpdateMessageAsync(message.Id, new() { ["read"] = true });
    /// </code>
    /// </example>
    public virtual async Task<Message> UpdateMessageAsync(string id, JsonObject metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var reply = await _client.Pipeline.SendAsync(Call.Put(MessagePath(id), new MetadataUpdate(metadata), HonchoJson.Default.MetadataUpdate), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Message);
    }

    /// <summary>Stores what a file says as messages of at most 25,000 characters, all or none. The file is read into memory, so that a failed attempt can be repeated.</summary>
    /// <param name="file">PDF, JSON or text: up to 5 MiB unless the server says otherwise. Read from where it stands to its end, and left open.</param>
    /// <param name="fileName">Its name; the ending says what it is.</param>
    /// <param name="peer">Who says it.</param>
    /// <param name="options">What the messages get with them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithTooLargeException">The file is too large.</exception>
    /// <exception cref="KithException">The server refused (415: a kind of file that it does not read), failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await using var file = File.OpenRead("report.pdf");
    /// var messages = await session.UploadFileAsync(file, "report.pdf", alice, new() { Metadata = new() { ["source"] = "upload" } });
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<Message>> UploadFileAsync(Stream file, string fileName, PeerId peer, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentException.ThrowIfNullOrWhiteSpace(fileName);
        ArgumentNullException.ThrowIfNull(peer);
        using var content = new MemoryStream();
        await file.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        var reply = await _client.Pipeline.SendAsync(Uploads.Of($"{Path}/messages/upload", content.ToArray(), fileName, peer.Value, options), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.Messages);
    }

    /// <summary>Stores what a file on disk says, as the other overload does.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="peer">Who says it.</param>
    /// <param name="options">What the messages get with them.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var messages = await session.UploadFileAsync("docs/report.pdf", alice);
    /// </code>
    /// </example>
    public virtual async Task<IReadOnlyList<Message>> UploadFileAsync(string path, PeerId peer, UploadOptions? options = null, CancellationToken cancellationToken = default)
    {
        var file = File.OpenRead(path);
        await using var _ = file.ConfigureAwait(false);
        return await UploadFileAsync(file, System.IO.Path.GetFileName(path), peer, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What to tell the next model call, within a token budget.</summary>
    /// <param name="options">Budget, summary, and what is known of whom.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>Of Kith without messages for a session that does not exist yet.</returns>
    /// <exception cref="KithNotFoundException">The server is Honcho's and there is no such session, or the target is known to nobody.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var context = await session.GetContextAsync(new() { Tokens = 2000, PeerTarget = alice, PeerPerspective = assistant, SearchQuery = "preferences" });
    /// var messages = context.ToOpenAI(assistant);
    /// </code>
    /// </example>
    public virtual async Task<SessionContext> GetContextAsync(SessionContextOptions? options = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{Path}/context")
            .Add("tokens", options?.Tokens)
            .Add("summary", options is { Summary: false } ? false : null)
            .Add("peer_target", options?.PeerTarget?.Value)
            .Add("peer_perspective", options?.PeerPerspective?.Value)
            .Add("limit_to_session", options is { LimitToSession: true } ? true : null)
            .Add("sessions", options?.Sessions?.Select(session => session.Value))
            .Add("scope", options?.Scope)
            .AddRecall(options);
        var reply = await _client.Pipeline.SendAsync(Call.Get(query.ToString()), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.SessionContext);
    }

    /// <summary>The short and the long summary.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<SessionSummaries> GetSummariesAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Get($"{Path}/summaries"), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.SessionSummaries);
    }

    /// <summary>The messages of this session that fit a query best, by words and by meaning.</summary>
    /// <param name="query">What to look for: up to 8,192 tokens.</param>
    /// <param name="options">Which, and how many: 10 unless it says otherwise.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// foreach (var message in await session.SearchAsync("help", new() { Filter = Filter.PeerId.Is("alice") }))
    ///     Console.WriteLine(message.Content);
    /// </code>
    /// </example>
    public virtual Task<IReadOnlyList<Message>> SearchAsync(string query, SearchOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.SearchAsync($"{Path}/search", query, options, cancellationToken);

    /// <summary>What a peer is known to be like by what was said in this session (<c>working_rep</c> in older clients).</summary>
    /// <param name="peer">Who knows it.</param>
    /// <param name="options">About whom, and how much. Its session is this one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var targeted = await session.GetRepresentationAsync(assistant, new() { Target = alice });
    /// </code>
    /// </example>
    public virtual Task<string> GetRepresentationAsync(PeerId peer, RepresentationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return _client.Peer(peer.Value).GetRepresentationAsync((options ?? new()) with { Session = Id }, cancellationToken);
    }

    /// <summary>The peers that are members now.</summary>
    /// <param name="options">How many at a time. They cannot be filtered.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <example>
    /// <code>
    /// await foreach (var member in session.GetPeersAsync())
    ///     Console.WriteLine(member);
    /// </code>
    /// </example>
    public virtual Paged<Peer> GetPeersAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
        _client.Pipeline.List(HttpMethod.Get, $"{Path}/peers", options, HonchoJson.Default.PeerPage, row => new Peer(_client, row), cancellationToken);

    /// <summary>Adds members; a member stays as it is. Creates session and peers where they do not exist.</summary>
    /// <param name="members">Peers, ids, or either with its configuration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithBadRequestException">More than 10 members would observe others.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await session.AddPeersAsync([alice, "bob", (assistant, new SessionPeerConfiguration { ObserveOthers = true })]);
    /// </code>
    /// </example>
    public virtual async Task AddPeersAsync(IEnumerable<SessionMember> members, CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{Path}/peers", Map(members), HonchoJson.Default.Members), cancellationToken).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.SessionRow));
    }

    /// <summary>Makes these the members, and nobody else. Creates session and peers where they do not exist.</summary>
    /// <param name="members">Peers, ids, or either with its configuration.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithBadRequestException">More than 10 members would observe others.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await session.SetPeersAsync([alice, assistant]);
    /// </code>
    /// </example>
    public virtual async Task SetPeersAsync(IEnumerable<SessionMember> members, CancellationToken cancellationToken = default)
    {
        var map = Map(members);
        var reply = await KithClient.OrCreateAsync(
            () => _client.Pipeline.SendAsync(Call.Put($"{Path}/peers", map, HonchoJson.Default.Members), cancellationToken),
            () => RefreshAsync(cancellationToken)).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.SessionRow));
    }

    /// <summary>Lets members leave. What they said stays, and what they learnt.</summary>
    /// <param name="peers">Who; those that are no members are ignored.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await session.RemovePeersAsync([alice, "bob"]);
    /// </code>
    /// </example>
    public virtual async Task RemovePeersAsync(IEnumerable<PeerId> peers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peers);
        var call = Call.Delete($"{Path}/peers").With<IReadOnlyList<string>>([.. peers.Select(peer => peer.Value)], HonchoJson.Default.Texts);
        var reply = await _client.Pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.SessionRow));
    }

    /// <summary>How a member observes here.</summary>
    /// <param name="peer">Who; also one that has left.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such session or member.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<SessionPeerConfiguration> GetPeerConfigurationAsync(PeerId peer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        var reply = await _client.Pipeline.SendAsync(Call.Get($"{Path}/peers/{peer.Value}/config"), cancellationToken).ConfigureAwait(false);
        return reply.Read(HonchoJson.Default.SessionPeerConfiguration);
    }

    /// <summary>Changes how a peer observes here; what is null stays. The peer becomes a member where it is none, and is created with the session where they do not exist.</summary>
    /// <param name="peer">Who.</param>
    /// <param name="configuration">What to change.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithBadRequestException">More than 10 members would observe others.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await session.SetPeerConfigurationAsync(alice, new() { ObserveMe = false });
    /// </code>
    /// </example>
    public virtual Task SetPeerConfigurationAsync(PeerId peer, SessionPeerConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(peer);
        ArgumentNullException.ThrowIfNull(configuration);
        return KithClient.OrCreateAsync(
            () => _client.Pipeline.SendAsync(Call.Put($"{Path}/peers/{peer.Value}/config", configuration, HonchoJson.Default.SessionPeerConfiguration), cancellationToken),
            () => AddPeersAsync([new SessionMember(peer, configuration)], cancellationToken));
    }

    /// <summary>A copy: messages, metadata, configuration and members. What was learnt stays with the original.</summary>
    /// <param name="messageId">The last message to copy; null: all.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The copy, whose id the server makes.</returns>
    /// <exception cref="KithNotFoundException">There is no such session or message.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var (whole, begun) = (await session.CloneAsync(), await session.CloneAsync(message.Id));
    /// </code>
    /// </example>
    public virtual async Task<Session> CloneAsync(string? messageId = null, CancellationToken cancellationToken = default)
    {
        var query = new Query($"{Path}/clone").Add("message_id", messageId);
        var reply = await _client.Pipeline.SendAsync(Call.Post(query.ToString()), cancellationToken).ConfigureAwait(false);
        return new Session(_client, reply.Read(HonchoJson.Default.SessionRow));
    }

    /// <summary>Deletes it with its messages. It is inactive at once; what it holds goes in the background, and its id is free after that.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">There is no such session.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task DeleteAsync(CancellationToken cancellationToken = default) => _client.Pipeline.SendAsync(Call.Remove(Path), cancellationToken);

    /// <summary>How far background work is in this session.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task<QueueStatus> GetQueueStatusAsync(CancellationToken cancellationToken = default) => _client.GetQueueStatusAsync(session: Id, cancellationToken: cancellationToken);

    /// <summary>Has messages learnt now that would wait for more of them. Kith only.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual Task FlushAsync(CancellationToken cancellationToken = default) => _client.Pipeline.SendAsync(Call.Post($"{_client.OwnPath}/sessions/{Id}/flush"), cancellationToken);

    /// <summary>Reads metadata and configuration into the properties. The session is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task RefreshAsync(CancellationToken cancellationToken = default)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Post($"{_client.Path}/sessions", new SessionCreate(Id), HonchoJson.Default.SessionCreate), cancellationToken).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.SessionRow));
    }

    /// <summary>Its metadata. The session is created where it does not exist.</summary>
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
    /// await session.SetMetadataAsync(new() { ["topic"] = "product planning", ["status"] = "active" });
    /// </code>
    /// </example>
    public virtual Task SetMetadataAsync(JsonObject metadata, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return UpdateAsync(new ConfiguredUpdate(Metadata: metadata), cancellationToken);
    }

    /// <summary>How memory is formed here. The session is created where it does not exist.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public virtual async Task<MemoryConfiguration> GetConfigurationAsync(CancellationToken cancellationToken = default)
    {
        await RefreshAsync(cancellationToken).ConfigureAwait(false);
        return Configuration ?? new();
    }

    /// <summary>Changes how memory is formed here. A section that is given replaces that section; the others stay.</summary>
    /// <param name="configuration">The sections to replace.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// await session.SetConfigurationAsync(new() { Reasoning = new() { Enabled = false } });
    /// </code>
    /// </example>
    public virtual Task SetConfigurationAsync(MemoryConfiguration configuration, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return UpdateAsync(new ConfiguredUpdate(Configuration: configuration), cancellationToken);
    }

    /// <summary>Its id.</summary>
    public override string ToString() => Id;

    internal static Dictionary<string, SessionPeerConfiguration> Map(IEnumerable<SessionMember> members)
    {
        ArgumentNullException.ThrowIfNull(members);
        var map = new Dictionary<string, SessionPeerConfiguration>();
        foreach (var member in members)
            map[member.Peer.Value] = member.Configuration ?? new();
        return map;
    }

    private async Task UpdateAsync(ConfiguredUpdate update, CancellationToken cancellationToken)
    {
        var reply = await _client.Pipeline.SendAsync(Call.Put(Path, update, HonchoJson.Default.ConfiguredUpdate), cancellationToken).ConfigureAwait(false);
        Show(reply.Read(HonchoJson.Default.SessionRow));
    }

    private string MessagePath(string id) => $"{Path}/messages/{Ids.Given(id, nameof(id))}";

    private void Show(SessionRow row) => (Metadata, Configuration, CreatedAt, IsActive) = (row.Metadata, row.Configuration, row.CreatedAt, row.IsActive);
}
