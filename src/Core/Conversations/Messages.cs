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

        return (await AppendAsync(workspace, session, messages, state => Sessions.OrNew(state, _time), activeAt: null, cancellationToken)).Stored;
    }

    /// <summary>As the other one, for messages of any length that fit a document, or for none.</summary>
    /// <param name="open">The session to append to, or its creation; pure. What it throws refuses the call.</param>
    /// <param name="activeAt">When this happened; now when null.</param>
    internal async Task<(SessionState State, IReadOnlyList<Message> Stored)> AppendAsync(
        string workspace,
        string session,
        IReadOnlyList<NewMessage> messages,
        Func<SessionState, SessionChange> open,
        DateTimeOffset? activeAt,
        CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, session);
        var authors = messages.DistinctBy(message => message.PeerId, StringComparer.Ordinal).ToDictionary(message => message.PeerId, message => message.Joining);
        var now = _time.GetUtcNow();
        Message[] drafts = [.. messages.Select(message => Draft(workspace, session, message, now))];

        var before = await OpenAsync(partition, open, cancellationToken);
        string[] strangers = [.. authors.Keys.Where(author => before.Members.GetValueOrDefault(author) is not { IsActive: true })];
        Message[] stored = [];
        if (strangers.Length > 0)
        {
            // What cannot be stored is refused before anybody is created for it.
            Plan(before);
            await _peers.EnsureAsync(workspace, strangers, cancellationToken);
        }

        var state = await _lanes.ChangeAsync(partition, Plan, cancellationToken);
        if (strangers.Length > 0 || !before.Exists)
            await _projection.WriteAsync(state, strangers, cancellationToken);
        else
            await _projection.WriteThreadAsync(state, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, CancellationToken.None);
        return (state, stored);

        SessionChange Plan(SessionState state)
        {
            var joined = Sessions.Join(open(state), authors, _time);
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
            var appendedAt = _time.GetUtcNow();
            var next = joined.Next with
            {
                Head = head with
                {
                    Visible = sequence,
                    Tokens = tokens,
                    OwnMillisecond = own,
                    AppendedAt = stored.Length > 0 ? appendedAt : head.AppendedAt,
                    DueAt = appendedAt,
                    ActiveAt = activeAt ?? Later(head.ActiveAt, now),
                },
            };
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

    /// <summary>Activity never goes back, whoever was overtaken on the way.</summary>
    private static DateTimeOffset Later(DateTimeOffset? before, DateTimeOffset now) => before > now ? before.Value : now;

    /// <summary>What this process remembers may be behind another: the store is asked before a call is refused.</summary>
    private async Task<SessionState> OpenAsync(Partition partition, Func<SessionState, SessionChange> open, CancellationToken cancellationToken)
    {
        var state = await _lanes.PeekAsync(partition, cancellationToken);
        try
        {
            open(state);
        }
        catch (KithException)
        {
            state = await _lanes.ReadAsync(partition, cancellationToken);
            open(state);
        }

        return state;
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
            DoorFields = message.DoorFields,
            CreatedAt = message.CreatedAt ?? now,
            ReceivedAt = message.CreatedAt is null ? null : now,
            TokenCount = Tokenizer.Count(content),
            Sequence = 0,
            TokensBefore = 0,
        };
    }
}
