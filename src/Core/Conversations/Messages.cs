using System.Text.Json;
using Kith.Core.Claiming;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Limiting;
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
    private readonly Budgets _budgets;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Messages(IDocumentStore store, SessionLanes lanes, SessionProjection projection, MessageLog log, Peers peers, Budgets budgets, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _projection = projection;
        _log = log;
        _peers = peers;
        _budgets = budgets;
        _queue = queue;
        _time = time;
    }

    /// <summary>As the other one, for a call that cannot come again.</summary>
    public Task<IReadOnlyList<Message>> AppendAsync(string workspace, string session, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken) =>
        AppendAsync(workspace, session, messages, claim: null, cancellationToken);

    /// <summary>
    /// Stores all messages or none, in order, durably. Creates workspace, session and authors; authors become members. Messages whose client id the session has
    /// already, and all of them when the claim was made before, are returned as they are stored. Not found while the session is being deleted.
    /// </summary>
    public async Task<IReadOnlyList<Message>> AppendAsync(
        string workspace, string session, IReadOnlyList<NewMessage> messages, RequestClaim? claim, CancellationToken cancellationToken)
    {
        if (messages.Any(message => Limits.Exceeds(message.Content, Limits.MessageCharacters)))
            throw new KithException(ErrorCode.Invalid, $"A message has more than {Limits.MessageCharacters} characters");

        return (await AppendAsync(workspace, session, messages, state => Sessions.OrNew(state, _time), activeAt: null, claim, cancellationToken)).Stored;
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
        RequestClaim? claim,
        CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, session);
        var now = _time.GetUtcNow();
        Message[] drafts = [.. messages.Select(message => Draft(workspace, session, message, now))];
        string[] repeatable = [.. drafts.Zip(messages).Where(pair => pair.Second.ClientId is not null).Select(pair => pair.First.Id)];
        var lookup = claim is null && repeatable.Length == 0 ? null : new Lookup(claim, repeatable);
        if (lookup is not null && await RepeatedAsync(partition, lookup, drafts, cancellationToken) is { } before)
            return (await _lanes.ReadAsync(partition, cancellationToken), before);

        var authors = messages.DistinctBy(message => message.PeerId, StringComparer.Ordinal).ToDictionary(message => message.PeerId, message => message.Joining);
        var opened = await OpenAsync(partition, open, cancellationToken);
        string[] strangers = [.. authors.Keys.Where(author => opened.Members.GetValueOrDefault(author) is not { IsActive: true })];
        Message[] stored = [];
        Claim? earlier = null;
        var (added, addedTokens) = (0, 0L);
        if (strangers.Length > 0)
        {
            // What cannot be stored is refused before anybody is created for it.
            Plan(opened);
            await _peers.EnsureAsync(workspace, strangers, cancellationToken);
        }

        var taken = await _budgets.TakeAsync(workspace, drafts.Length, drafts.Sum(draft => (long)draft.TokenCount), cancellationToken);
        SessionState state;
        try
        {
            state = await _lanes.ChangeAsync(partition, Plan, lookup, cancellationToken);
        }
        catch (KithException)
        {
            (added, addedTokens) = (0, 0);
            throw;
        }
        finally
        {
            if (taken is not null)
                await _budgets.SettleAsync(workspace, taken, added, addedTokens);
        }

        if (earlier is not null)
            return (state, await OfAsync(partition, earlier, cancellationToken));
        if (strangers.Length > 0 || !opened.Exists)
            await _projection.WriteAsync(state, strangers, cancellationToken);
        else
            await _projection.WriteThreadAsync(state, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, CancellationToken.None);
        return (state, stored);

        SessionChange Plan(SessionState state)
        {
            (added, addedTokens) = (0, 0);
            earlier = claim is null ? null : state.Claims.GetValueOrDefault(Claim.IdOf(claim));
            earlier?.Demand(claim!);
            var known = state.Known;
            if (earlier is not null || (claim is null && drafts.Length > 0 && drafts.All(draft => known.ContainsKey(draft.Id))))
            {
                stored = [.. drafts.Select(draft => known.GetValueOrDefault(draft.Id, draft))];
                return new SessionChange(state);
            }

            var joined = Sessions.Join(open(state), authors, _time);
            var head = joined.Next.Head;
            var (sequence, tokens, own) = (head.Visible, head.Tokens, head.OwnMillisecond);
            stored = new Message[drafts.Length];
            var operations = new List<Operation>(drafts.Length + joined.Operations.Count);
            for (var i = 0; i < drafts.Length; i++)
            {
                if (known.TryGetValue(drafts[i].Id, out var there))
                {
                    stored[i] = there;
                    continue;
                }

                stored[i] = drafts[i] with { Sequence = ++sequence, TokensBefore = tokens };
                if (messages[i].HasOwnMillisecond)
                {
                    own = Math.Max(own + 1, now.ToUnixTimeMilliseconds());
                    stored[i] = stored[i] with { CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(own) };
                }

                tokens += stored[i].TokenCount;
                (added, addedTokens) = (added + 1, addedTokens + stored[i].TokenCount);
                operations.Add(new Operation.Create(stored[i].Id, Stored.Body(stored[i], DocumentJson.Default.Message)));
                if (messages[i].ClientId is not null)
                    known = known.Add(stored[i].Id, stored[i]);
            }

            operations.AddRange(joined.Operations);
            var claims = state.Claims;
            if (claim is not null)
            {
                var made = new Claim { BodyHash = claim.BodyHash, CreatedAt = now, MessageIds = [.. stored.Select(message => message.Id)] };
                claims = claims.SetItem(Claim.IdOf(claim), made);
                operations.Add(new Operation.Upsert(Claim.IdOf(claim), Stored.Body(made, DocumentJson.Default.Claim), claim.Life));
            }

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
                Claims = claims,
                Known = known,
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

    /// <exception cref="KithException">Invalid: the claim was made for another call.</exception>
    internal async Task DemandAsync(string workspace, string session, RequestClaim claim, CancellationToken cancellationToken) =>
        (await _store.FindAsync(Partition.Conversation(workspace, session), Claim.IdOf(claim), DocumentJson.Default.Claim, cancellationToken))?.Demand(claim);

    /// <summary>What the call led to before, when all of it did; null otherwise. Asked before anything is checked or created, so that a repetition needs nothing to be as it was.</summary>
    private async Task<IReadOnlyList<Message>?> RepeatedAsync(Partition partition, Lookup lookup, IReadOnlyList<Message> drafts, CancellationToken cancellationToken)
    {
        if (lookup.Claim is { } claim)
        {
            if (await _store.FindAsync(partition, Claim.IdOf(claim), DocumentJson.Default.Claim, cancellationToken) is not { } earlier)
                return null;

            earlier.Demand(claim);
            return await OfAsync(partition, earlier, cancellationToken);
        }

        if (lookup.Messages.Count < drafts.Count)
            return null;

        var known = await _log.ByIdAsync(partition, lookup.Messages, cancellationToken);
        return drafts.All(draft => known.ContainsKey(draft.Id)) ? [.. drafts.Select(draft => known[draft.Id])] : null;
    }

    private async Task<IReadOnlyList<Message>> OfAsync(Partition partition, Claim earlier, CancellationToken cancellationToken)
    {
        var known = await _log.ByIdAsync(partition, earlier.MessageIds ?? [], cancellationToken);
        if (earlier.MessageIds?.All(known.ContainsKey) != true)
            throw new KithException(ErrorCode.Conflict, "The request was carried out before, and its messages have been removed since.");
        return [.. earlier.MessageIds.Select(id => known[id])];
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
            Id = message.Id ?? (message.ClientId is { } own ? Ids.Of("client", workspace, session, own) : Ids.New()),
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
