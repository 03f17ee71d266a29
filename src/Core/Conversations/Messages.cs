using System.Text.Json;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using Kith.Core.Work;

namespace Kith.Core.Conversations;

/// <summary>The messages of a session.</summary>
public sealed class Messages
{
    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly SessionProjection _projection;
    private readonly MessageLog _log;
    private readonly Peers _peers;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Messages(IDocumentStore store, SessionLanes lanes, SessionProjection projection, MessageLog log, Peers peers, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _projection = projection;
        _log = log;
        _peers = peers;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// Stores all messages or none, in order, durably. Creates workspace, session and authors; authors become members.
    /// Not found while the session is being deleted.
    /// </summary>
    public async Task<IReadOnlyList<Message>> AppendAsync(string workspace, string session, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        if (messages.Any(message => Limits.Exceeds(message.Content, Limits.MessageCharacters)))
            throw new KithException(ErrorCode.Invalid, $"A message has more than {Limits.MessageCharacters} characters");

        var partition = Partition.Conversation(workspace, session);
        var authors = messages.Select(message => message.PeerId).Distinct(StringComparer.Ordinal).ToDictionary(peer => peer, _ => MemberSettings.Default);
        var now = _time.GetUtcNow();
        Message[] drafts = [.. messages.Select(message => Draft(workspace, session, message, now))];

        var before = await _lanes.PeekAsync(partition, cancellationToken);
        if (before.Head.Deleting)
            before = await _lanes.ReadAsync(partition, cancellationToken);
        if (before.Exists)
            before.Writable();
        else if (!Names.IsValid(session))
            throw Errors.BadSessionName(session);
        string[] strangers = [.. authors.Keys.Where(author => before.Members.GetValueOrDefault(author) is not { IsActive: true })];
        Message[] stored = [];
        if (strangers.Length > 0)
        {
            // What cannot be stored is refused before anybody is created for it.
            Plan(before);
            await _peers.EnsureAsync(workspace, strangers, cancellationToken);
        }

        var state = await _lanes.ChangeAsync(partition, Plan, cancellationToken);
        if (strangers.Length > 0)
            await _projection.WriteAsync(state, strangers, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, CancellationToken.None);
        return stored;

        SessionChange Plan(SessionState state)
        {
            var joined = Sessions.Join(Sessions.OrNew(state, _time), authors, _time);
            var head = joined.Next.Head;
            var (sequence, tokens, own) = (head.Visible, head.Tokens, head.OwnMillisecond);
            stored = new Message[drafts.Length];
            var operations = new List<Operation>(drafts.Length + joined.Operations.Count);
            for (var i = 0; i < drafts.Length; i++)
            {
                stored[i] = drafts[i] with { Sequence = ++sequence, TokensBefore = tokens };
                if (messages[i].HasOwnMillisecond)
                {
                    own = Math.Max(own + 1, now.ToUnixTimeMilliseconds());
                    stored[i] = stored[i] with { CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(own) };
                }

                tokens += stored[i].TokenCount;
                operations.Add(new Operation.Create(stored[i].Id, Stored.Body(stored[i], DocumentJson.Default.Message)));
            }

            operations.AddRange(joined.Operations);
            var next = joined.Next with { Head = head with { Visible = sequence, Tokens = tokens, OwnMillisecond = own, DueAt = _time.GetUtcNow() } };
            return new SessionChange(next) { Operations = operations };
        }
    }

    /// <summary>In the order of arrival, newest first when reversed.</summary>
    public Task<Page<Message>> ListAsync(string workspace, string session, Paging paging, Condition? where, CancellationToken cancellationToken) =>
        _log.PageAsync(Partition.Conversation(workspace, session), paging, where, cancellationToken);

    /// <summary>Null when it does not exist.</summary>
    public Task<Message?> FindAsync(string workspace, string session, string id, CancellationToken cancellationToken) =>
        _log.FindAsync(workspace, session, id, cancellationToken);

    /// <summary>Replaces the metadata; null changes nothing. Not found when missing.</summary>
    public async Task<Message> UpdateAsync(string workspace, string session, string id, JsonElement? metadata, CancellationToken cancellationToken)
    {
        var message = await _log.FindAsync(workspace, session, id, cancellationToken);
        if (message is not null && metadata is not null)
        {
            message = await _store.ChangeAsync(
                Partition.Conversation(workspace, session),
                id,
                DocumentJson.Default.Message,
                current => current is null ? null : current with { Metadata = metadata.Value },
                cancellationToken);
        }

        return message ?? throw new KithException(ErrorCode.NotFound, "Message not found");
    }

    private static Message Draft(string workspace, string session, NewMessage message, DateTimeOffset now)
    {
        var content = message.Content.Replace("\0", "", StringComparison.Ordinal);
        return new Message
        {
            Id = message.Id ?? Ids.New(),
            WorkspaceId = workspace,
            SessionId = session,
            PeerId = message.PeerId,
            Content = content,
            Metadata = message.Metadata ?? FreeJson.Empty,
            Configuration = message.Configuration,
            CreatedAt = message.CreatedAt ?? now,
            TokenCount = Tokenizer.Count(content),
            Sequence = 0,
            TokensBefore = 0,
        };
    }
}
