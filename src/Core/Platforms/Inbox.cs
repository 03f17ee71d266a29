using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Kith.Core.Agency;
using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Editing;
using Kith.Core.Erasing;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Platforms;

/// <summary>
/// Takes what platforms tell into memory. Every event may come again, at the same time or days later, and in any order: a message has one id for all its versions and
/// repetitions, which is claimed in the batch that stores it.
/// </summary>
public sealed class Inbox
{
    private const int MostAttachments = 20;
    private const int MostMentions = 50;
    private const int MostNamed = 10_000;
    private const int LongestText = 500;

    /// <summary>How far back an own message is looked for that the platform sends back.</summary>
    private const int EchoMessages = 20;

    private const int EchoTokens = 8_192;

    /// <summary>How long a message may take to be stored after the reply to it is owed.</summary>
    private static readonly TimeSpan StoringGrace = TimeSpan.FromSeconds(30);

    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly MessageLog _log;
    private readonly Messages _messages;
    private readonly Edits _edits;
    private readonly Erasures _erasures;
    private readonly Links _links;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    /// <summary>Names that this process has written already.</summary>
    private readonly ConcurrentDictionary<(string Workspace, string Peer), string> _named = new();

    internal Inbox(IDocumentStore store, SessionLanes lanes, MessageLog log, Messages messages, Edits edits, Erasures erasures, Links links, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _log = log;
        _messages = messages;
        _edits = edits;
        _erasures = erasures;
        _links = links;
        _queue = queue;
        _time = time;
    }

    /// <summary>Returns when the event is durable. Invalid: it never can be. Unavailable, not found or budget exceeded: it may be sent again.</summary>
    public Task TakeAsync(OpenConnection connection, PlatformEvent happened, CancellationToken cancellationToken) => happened switch
    {
        PlatformEvent.Said said => SayAsync(connection, said, cancellationToken),
        PlatformEvent.Deleted deleted => DeleteAsync(connection, deleted, cancellationToken),
        PlatformEvent.Renamed renamed => NameAsync(connection, renamed.Person, cancellationToken),
        PlatformEvent.Forget forget => ForgetAsync(connection, forget.Person, cancellationToken),
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };

    private async Task SayAsync(OpenConnection open, PlatformEvent.Said said, CancellationToken cancellationToken)
    {
        var connection = open.Connection;
        var session = Partition.Conversation(connection.WorkspaceId, said.Place.SessionOf(open.Platform, connection.Sessions, said.At));
        var (id, metadata) = (IdOf(connection, said.Key), MetadataOf(connection, said));
        var content = Shortened(said.Text, Limits.MessageCharacters);
        if (said.EditedAt is { } editedAt && await _edits.EditAsync(session.Workspace, session.Second!, id, content, metadata, editedAt, cancellationToken) is not null)
            return;
        if (await IsErasedAsync(session, id, cancellationToken) || (said.Author.IsAgent && await IsEchoAsync(session, connection.Agent, content, cancellationToken)))
            return;

        var peer = PeerOf(open, said.Author);
        var message = new NewMessage(peer, content)
        {
            Id = id,
            ClientId = id,
            Metadata = metadata,
            CreatedAt = said.At,
            Joining = Observes(connection, said.Author, peer) ? MemberSettings.Default : new MemberSettings(ObserveMe: false),
        };
        var pending = await OweAsync(open, session, said, peer, id, cancellationToken);
        try
        {
            await _messages.AppendAsync(session.Workspace, session.Second!, [message], ClaimOf(open, said.Key), cancellationToken);
        }
        catch (KithException gone) when (gone.Code == ErrorCode.Conflict)
        {
            // Stored before, and erased since.
            return;
        }

        if (pending is not null)
            await _queue.EnqueueAsync(new WorkHint(pending.Partition), TimeSpan.Zero, CancellationToken.None);
        await NameAsync(open, said.Author, cancellationToken);
    }

    /// <summary>The reply that is owed to a message, written before it; null where there is none. To a message that is stored already it was owed then.</summary>
    private async Task<PendingReply?> OweAsync(OpenConnection open, Partition session, PlatformEvent.Said said, string peer, string id, CancellationToken cancellationToken)
    {
        var connection = open.Connection;
        if (said.ReplyTo is null || said.Author.IsBot || said.Author.IsAgent || said.EditedAt is not null || !(said.DemandsReply || (connection.Replies && said.IsAddressed)))
            return null;
        if (await _messages.FindAsync(session.Workspace, session.Second!, id, cancellationToken) is not null)
            return null;

        var now = _time.GetUtcNow();
        var pending = new PendingReply
        {
            WorkspaceId = session.Workspace,
            SessionId = session.Second!,
            ChannelId = session.Second!,
            AgentId = connection.Agent,
            UserId = peer,
            MessageId = id,
            ConnectionId = connection.Id,
            ReplyTo = said.ReplyTo,
            IsQuestion = said.DemandsReply,
            CreatedAt = now,
            DueAt = now + StoringGrace,
        };
        await _store.TryCreateAsync(pending.Partition, id, pending, DocumentJson.Default.PendingReply, cancellationToken);
        return pending;
    }

    private async Task DeleteAsync(OpenConnection open, PlatformEvent.Deleted deleted, CancellationToken cancellationToken)
    {
        var connection = open.Connection;
        var session = Partition.Conversation(connection.WorkspaceId, deleted.Place.SessionOf(open.Platform, connection.Sessions, deleted.SaidAt));
        var id = IdOf(connection, deleted.Key);
        await CloseAsync(session, ClaimOf(open, deleted.Key), cancellationToken);
        if (await _log.FindAsync(session.Workspace, session.Second!, id, cancellationToken) is not null)
            await _erasures.StartAsync(session.Workspace, new ErasureTarget(ErasureKind.Message, session.Second, id), cancellationToken);
    }

    /// <summary>A message that comes after its deletion was told is not stored: its claim is taken, and stands for nothing.</summary>
    private async Task CloseAsync(Partition session, RequestClaim claim, CancellationToken cancellationToken)
    {
        var taken = new Claim { BodyHash = claim.BodyHash, CreatedAt = _time.GetUtcNow(), MessageIds = [] };
        var close = new Operation.Upsert(Claim.IdOf(claim), Stored.Body(taken, DocumentJson.Default.Claim), claim.Life);
        var state = await _lanes.ChangeAsync(session, state => new SessionChange(state) { Operations = state.Exists ? [close] : [] }, cancellationToken);
        if (!state.Exists)
            await _store.ExecuteAsync(session, [close], cancellationToken);
    }

    /// <summary>Of all peers that are this person: what one of them is answered comes from all.</summary>
    private async Task ForgetAsync(OpenConnection open, Person person, CancellationToken cancellationToken)
    {
        var workspace = open.Connection.WorkspaceId;
        foreach (var peer in await _links.PeersOfAsync(workspace, PeerOf(open, person), cancellationToken))
        {
            try
            {
                await _erasures.StartAsync(workspace, new ErasureTarget(ErasureKind.Peer, Peer: peer), cancellationToken);
            }
            catch (KithException nothing) when (nothing.Code == ErrorCode.NotFound)
            {
                // Nothing is known of them.
            }
        }
    }

    /// <summary>Writes what a person is called on the peer, where it exists and is not called so.</summary>
    private async Task NameAsync(OpenConnection open, Person person, CancellationToken cancellationToken)
    {
        if (person.IsAgent || person.DisplayName is not { Length: > 0 } given)
            return;
        var (key, name) = ((open.Connection.WorkspaceId, PeerOf(open, person)), Shortened(given, LongestText));
        if (_named.GetValueOrDefault(key) == name)
            return;

        await _store.ChangeAsync(Owners.Peers(key.WorkspaceId), key.Item2, DocumentJson.Default.Peer, Change, cancellationToken);
        if (_named.Count >= MostNamed)
            _named.Clear();
        _named[key] = name;

        Peer? Change(Peer? peer)
        {
            if (peer is null || peer.Metadata.Text("display_name") == name)
                return peer;
            var said = new JsonObject { ["display_name"] = name, ["platform"] = open.Platform.Name, ["platform_id"] = person.Id };
            return peer with { Metadata = FreeJson.Assign(peer.Metadata, JsonSerializer.SerializeToElement(said, NodeJson.Default.JsonObject)) };
        }
    }

    private async Task<bool> IsErasedAsync(Partition session, string id, CancellationToken cancellationToken)
    {
        if ((await _lanes.PeekAsync(session, cancellationToken)).Head.Tombstones == 0)
            return false;
        var query = new Query(Tombstone.DocumentType) { Where = new Condition.Compare(Field.Text("messageId"), Comparison.Equal, id) };
        return await _store.CountAsync(session, query, cancellationToken) > 0;
    }

    /// <summary>Whether the agent's message is a reply of Kith's that comes back: it is stored already, under an id that the platform does not know.</summary>
    private async Task<bool> IsEchoAsync(Partition session, string agent, string content, CancellationToken cancellationToken)
    {
        var head = await _log.HeadAsync(session, cancellationToken);
        var newest = await _log.NewestAsync(session, head, EchoTokens, Math.Max(0, head.Visible - EchoMessages), cancellationToken);
        var text = content.Trim();
        return text.Length > 0 && newest.Any(message => message.PeerId == agent && message.Metadata.Text("inReplyTo") is not null && message.Content.Trim().StartsWith(text, StringComparison.Ordinal));
    }

    private static string PeerOf(OpenConnection open, Person person) => person.IsAgent ? open.Connection.Agent : (person.Home ?? open.Platform).PeerOf(person.Id);

    private static bool Observes(Connection connection, Person author, string peer) => connection.Observes(peer) && (connection.Observed is not null || !author.IsBot);

    private static string IdOf(Connection connection, string key) => Ids.Of("platform", connection.Id, key);

    private static RequestClaim ClaimOf(OpenConnection open, string key) => new(Ids.Of("event", open.Connection.Id, key), "", open.Platform.Persistence);

    private static JsonElement MetadataOf(Connection connection, PlatformEvent.Said said)
    {
        var metadata = new JsonObject { ["platform"] = connection.Platform, ["connection"] = connection.Id, ["platform_message"] = Shortened(said.Key, LongestText) };
        if (said.Place.Thread is { } thread)
            metadata["thread"] = thread;
        if (said.Place.IsDirect)
            metadata["direct"] = true;
        if (said.Text.Length > Limits.MessageCharacters && Limits.Exceeds(said.Text, Limits.MessageCharacters))
            metadata["truncated"] = true;
        if (said.Mentions.Count > 0)
            metadata["mentions"] = new JsonArray([.. said.Mentions.Distinct().Take(MostMentions).Select(mention => (JsonNode)mention)]);
        if (said.Attachments.Count > 0)
            metadata["attachments"] = new JsonArray([.. said.Attachments.Take(MostAttachments).Select(Described)]);
        return JsonSerializer.SerializeToElement(metadata, NodeJson.Default.JsonObject);
    }

    private static JsonNode Described(Attachment attachment)
    {
        var described = new JsonObject { ["kind"] = attachment.Kind };
        foreach (var (name, text) in new[] { ("id", attachment.Id), ("name", attachment.Name), ("media_type", attachment.MediaType) })
        {
            if (text is not null)
                described[name] = Shortened(text, LongestText);
        }

        if (attachment.Bytes is { } bytes)
            described["bytes"] = bytes;
        return described;
    }

    /// <summary>At most so many characters, whole ones.</summary>
    private static string Shortened(string text, int characters)
    {
        if (!Limits.Exceeds(text, characters))
            return text;
        var end = 0;
        foreach (var rune in text.EnumerateRunes().Take(characters))
            end += rune.Utf16SequenceLength;
        return text[..end];
    }
}
