using System.Text.Json;
using Kith.Core.Claiming;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Agency;

/// <summary>
/// Sessions of one user and one agent with a lifetime. Each is a Kith session of two peers; its lifetime is one document in the session's partition, which the
/// store drops some time after the end, so that no sweep is needed and every process sees the same. Whoever first comes between the end and that time is told
/// that it expired; later it is not there.
/// </summary>
public sealed class AgentSessions
{
    /// <summary>How long an expired session is still told from an unknown one.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>How long whoever waits for a reply may take for it, before the worker gives it.</summary>
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(1);

    /// <summary>How long a message may take to be stored after the reply to it is asked for.</summary>
    private static readonly TimeSpan StoringGrace = TimeSpan.FromSeconds(30);

    private static readonly Query All = new("agentSession");

    /// <summary>What an agent says of itself is nothing that its user said: nobody derives from it.</summary>
    private static readonly MemberSettings Unobserved = new(ObserveMe: false);

    private readonly IDocumentStore _store;
    private readonly Sessions _sessions;
    private readonly Messages _messages;
    private readonly Timeline _timeline;
    private readonly Agents _agents;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal AgentSessions(IDocumentStore store, Sessions sessions, Messages messages, Timeline timeline, Agents agents, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _sessions = sessions;
        _messages = messages;
        _timeline = timeline;
        _agents = agents;
        _queue = queue;
        _time = time;
    }

    /// <summary>Now, to the millisecond, which is what lifetimes are counted in.</summary>
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());

    private Condition.Compare Active => new(Field.Time("expiresAt"), Comparison.Greater, Timestamp.Of(Now));

    /// <summary>Creates workspace, session and peers as needed.</summary>
    /// <param name="agentId">A UUID in lower case, as is <paramref name="userId"/>.</param>
    /// <param name="metadata">Any JSON; also the session's own where it is an object.</param>
    public async Task<AgentSession> CreateAsync(string workspace, string agentId, string userId, JsonElement metadata, TimeoutChoices timeouts, CancellationToken cancellationToken)
    {
        var agent = await _agents.FindAsync(workspace, agentId, cancellationToken);
        var now = Now;
        var session = new AgentSession
        {
            SessionId = Uuids.New(),
            WorkspaceId = workspace,
            ChannelId = Uuids.New(),
            AgentId = agentId,
            UserId = userId,
            Metadata = metadata,
            CreatedAt = now,
            LastActivity = now,
            Timeouts = SessionTimeouts.Resolve(agent?.Timeouts ?? TimeoutChoices.None, timeouts),
            ExpiresAt = now,
            WarnsAt = now,
        }.Timed();
        var peers = new Dictionary<string, MemberSettings> { [agentId] = Unobserved, [userId] = MemberSettings.Default };
        var own = metadata.ValueKind == JsonValueKind.Object ? metadata : FreeJson.Empty;
        await _sessions.GetOrCreateAsync(workspace, session.SessionId, own, null, peers, null, cancellationToken);
        await _store.ExecuteAsync(
            PartitionOf(session), [new Operation.Create(AgentSession.DocumentId, Stored.Body(session, DocumentJson.Default.AgentSession), Life(session))], cancellationToken);
        return session;
    }

    /// <summary>Not found when there is none; not found with detail <c>expired</c> for the first who comes after its end. Renews nothing.</summary>
    public async Task<AgentSession> GetAsync(AgentSessionAddress address, CancellationToken cancellationToken)
    {
        var partition = PartitionOf(address);
        var document = await _store.ReadAsync(partition, AgentSession.DocumentId, cancellationToken);
        var session = Owned(document?.As(DocumentJson.Default.AgentSession), address);
        if (!session.IsExpired(Now))
            return session;

        await _store.ExecuteAsync(partition, [new Operation.Delete(AgentSession.DocumentId, document!.ETag)], cancellationToken);
        throw new KithException(ErrorCode.NotFound, $"Session '{address.Id}' expired at {session.ExpiresAt:yyyy-MM-ddTHH:mm:ss.fffZ}") { Detail = "expired" };
    }

    /// <summary>Those that have not expired, oldest first.</summary>
    /// <param name="user">Only this user's; null for everybody's.</param>
    public async Task<IReadOnlyList<AgentSession>> ListAsync(string workspace, string? user, CancellationToken cancellationToken)
    {
        var sessions = new List<AgentSession>();
        await foreach (var document in _store.AllAsync(Everywhere(workspace), All with { Where = Stored.And(Of(user), Active) }, cancellationToken))
            sessions.Add(document.As(DocumentJson.Default.AgentSession));
        return sessions;
    }

    /// <param name="user">Only this user's; null for everybody's.</param>
    public async Task<AgentSessionCounts> CountAsync(string workspace, string? user, CancellationToken cancellationToken)
    {
        var warned = new Condition.Compare(Field.Time("warnsAt"), Comparison.LessOrEqual, Timestamp.Of(Now));
        return new AgentSessionCounts(await WithAsync(), await WithAsync(Active), await WithAsync(Active, warned));

        Task<long> WithAsync(params IReadOnlyList<Condition?> conditions) =>
            _store.CountAsync(Everywhere(workspace), All with { Where = Stored.And([Of(user), .. conditions]) }, cancellationToken);
    }

    /// <summary>Ends the session for this door; what was said in it stays. Not found, or expired, as <see cref="GetAsync"/>.</summary>
    public async Task DeleteAsync(AgentSessionAddress address, CancellationToken cancellationToken)
    {
        await GetAsync(address, cancellationToken);
        if (!(await _store.ExecuteAsync(PartitionOf(address), [new Operation.Delete(AgentSession.DocumentId)], cancellationToken)).Applied)
            throw address.NotFound();
    }

    /// <summary>Renews the session whatever its settings. Invalid (detail <c>spent</c>) once it has lasted as long as it may.</summary>
    public Task<AgentSession> RenewAsync(AgentSessionAddress address, CancellationToken cancellationToken) =>
        ChangeAsync(address, DemandUnspent, (session, now) => session.Touched(now, forced: true), cancellationToken);

    /// <summary>Activity without a message: renews the session if it renews itself.</summary>
    public Task<AgentSession> HeartbeatAsync(AgentSessionAddress address, CancellationToken cancellationToken) =>
        ChangeAsync(address, demand: null, (session, now) => session.Touched(now, forced: false), cancellationToken);

    /// <summary>New timeouts in place of all the old ones: what is not chosen is the agent's or the default again.</summary>
    public async Task<AgentSession> SetTimeoutsAsync(AgentSessionAddress address, TimeoutChoices timeouts, CancellationToken cancellationToken)
    {
        var agent = await _agents.FindAsync(address.Workspace, (await GetAsync(address, cancellationToken)).AgentId, cancellationToken);
        var resolved = SessionTimeouts.Resolve(agent?.Timeouts ?? TimeoutChoices.None, timeouts);
        return await ChangeAsync(address, demand: null, (session, _) => (session with { Timeouts = resolved }).Timed(), cancellationToken);
    }

    /// <summary>
    /// Stores what the user says, durably, and touches the session. The agent's reply, where somebody answers for it, is owed from then on: the worker gives it,
    /// or the caller through <see cref="Replier.AnswerAsync"/> when it wants to wait.
    /// </summary>
    public async Task<SentMessage> SendAsync(AgentSessionAddress address, Utterance utterance, bool waits, RequestClaim? claim, CancellationToken cancellationToken)
    {
        var session = await HeartbeatAsync(address, cancellationToken);
        var messageId = IdOf(session, utterance, claim);
        if (await RepeatedAsync(session, messageId, claim, cancellationToken) is { } repeated)
            return repeated;

        var pending = await _agents.FindAsync(session.WorkspaceId, session.AgentId, cancellationToken) is { Replies: true }
            ? await OweAsync(session, messageId, waits, cancellationToken)
            : null;
        var said = new NewMessage(session.UserId, utterance.Content) { Id = messageId, ClientId = utterance.ClientId, Metadata = utterance.Metadata, HasOwnMillisecond = true };
        var stored = await _messages.AppendAsync(session.WorkspaceId, session.SessionId, [said], claim, cancellationToken);
        if (pending is { HeldUntil: null })
            await _queue.EnqueueAsync(new WorkHint(pending.Partition), TimeSpan.Zero, CancellationToken.None);
        return new SentMessage(session, stored[0], pending);
    }

    /// <summary>Everything said in the session through whatever door, by the time it was said. Renews nothing.</summary>
    public async Task<HistoryPage> HistoryAsync(AgentSessionAddress address, HistoryRange range, CancellationToken cancellationToken)
    {
        var session = await GetAsync(address, cancellationToken);
        var (messages, hasMore) = await _timeline.PageAsync(PartitionOf(session), range.Limit, range.Before, range.After, cancellationToken);
        return new HistoryPage(session, messages, hasMore);
    }

    /// <summary>A repetition means the same message, whose reply is owed once.</summary>
    private static string IdOf(AgentSession session, Utterance utterance, RequestClaim? claim) => (utterance.ClientId, claim) switch
    {
        ({ } own, _) => Uuids.Of(session.WorkspaceId, session.SessionId, "client", own),
        (_, { } made) => Uuids.Of(session.WorkspaceId, session.SessionId, "claim", made.Id, made.BodyHash),
        _ => Uuids.New(),
    };

    /// <summary>The message when it is stored already, with the reply to it as it is or is still owed.</summary>
    private async Task<SentMessage?> RepeatedAsync(AgentSession session, string messageId, RequestClaim? claim, CancellationToken cancellationToken)
    {
        if (claim is not null)
            await _messages.DemandAsync(session.WorkspaceId, session.SessionId, claim, cancellationToken);
        if (await _messages.FindAsync(session.WorkspaceId, session.SessionId, messageId, cancellationToken) is not { } message)
            return null;

        var reply = new PendingReply
        {
            WorkspaceId = session.WorkspaceId,
            SessionId = session.SessionId,
            ChannelId = session.ChannelId,
            AgentId = session.AgentId,
            UserId = session.UserId,
            MessageId = messageId,
            CreatedAt = message.CreatedAt,
            DueAt = message.CreatedAt,
        };
        var given = await _messages.FindAsync(session.WorkspaceId, session.SessionId, reply.ReplyId, cancellationToken);
        var pending = given is null ? await _store.FindAsync(reply.Partition, messageId, DocumentJson.Default.PendingReply, cancellationToken) : null;
        return new SentMessage(session, message, pending) { Reply = given is null ? null : AgentReply.Of(given) };
    }

    private async Task<PendingReply> OweAsync(AgentSession session, string messageId, bool waits, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var pending = new PendingReply
        {
            WorkspaceId = session.WorkspaceId,
            SessionId = session.SessionId,
            ChannelId = session.ChannelId,
            AgentId = session.AgentId,
            UserId = session.UserId,
            MessageId = messageId,
            CreatedAt = now,
            HeldUntil = waits ? now + Hold : null,
            DueAt = now + (waits ? Hold : StoringGrace),
        };
        await _store.TryCreateAsync(pending.Partition, messageId, pending, DocumentJson.Default.PendingReply, cancellationToken);
        return pending;
    }

    private static void DemandUnspent(AgentSession session, DateTimeOffset now)
    {
        if (session.IsSpent(now))
            throw new KithException(ErrorCode.Invalid, $"Cannot renew session '{session.SessionId}': Maximum duration reached") { Detail = "spent" };
    }

    /// <param name="demand">Refuses a session, even an expired one.</param>
    private async Task<AgentSession> ChangeAsync(
        AgentSessionAddress address,
        Action<AgentSession, DateTimeOffset>? demand,
        Func<AgentSession, DateTimeOffset, AgentSession> change,
        CancellationToken cancellationToken)
    {
        var expired = false;
        var session = await _store.ChangeAsync(PartitionOf(address), AgentSession.DocumentId, DocumentJson.Default.AgentSession, Change, Life, cancellationToken);
        // Reading it drops it, and says so.
        return expired ? await GetAsync(address, cancellationToken) : session!;

        AgentSession Change(AgentSession? current)
        {
            var known = Owned(current, address);
            var now = Now;
            demand?.Invoke(known, now);
            expired = known.IsExpired(now);
            return expired ? known : change(known, now);
        }
    }

    /// <summary>How long the session's document is kept from now on; not at all where that is negative.</summary>
    internal static TimeSpan LifeOf(AgentSession session, DateTimeOffset now) => session.ExpiresAt - now + Grace;

    private TimeSpan Life(AgentSession session) => session.Remaining(Now) + Grace;

    private static Condition.Compare? Of(string? user) => user is null ? null : new Condition.Compare(Field.Text("userId"), Comparison.Equal, user);

    private static AgentSession Owned(AgentSession? session, AgentSessionAddress address) =>
        session is not null && (address.User is null || address.User == session.UserId) ? session : throw address.NotFound();

    private static Partition PartitionOf(AgentSession session) => Partition.Conversation(session.WorkspaceId, session.SessionId);

    private static Partition PartitionOf(AgentSessionAddress address) => Names.IsValid(address.Id) ? Partition.Conversation(address.Workspace, address.Id) : throw address.NotFound();

    private static Partition Everywhere(string workspace) => Partition.WholeWorkspace(Container.Conversations, workspace);
}
