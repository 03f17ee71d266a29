using System.Text.Json;
using Kith.Core.Conversations;
using Kith.Core.Filters;
using Kith.Core.Storage;
using Kith.Core.Work;

namespace Kith.Core.Directory;

/// <summary>The sessions of a workspace and their members.</summary>
public sealed class Sessions
{
    internal static readonly Query Active = new("session") { Where = new Condition.Compare(Field.Boolean("isActive"), Comparison.Equal, true) };

    private static readonly Dictionary<string, MemberSettings> NoPeers = [];

    private readonly IDocumentStore _store;
    private readonly SessionLanes _lanes;
    private readonly SessionProjection _projection;
    private readonly MessageLog _messages;
    private readonly Peers _peers;
    private readonly Scopes _scopes;
    private readonly IWorkQueue _queue;
    private readonly TimeProvider _time;

    internal Sessions(IDocumentStore store, SessionLanes lanes, SessionProjection projection, MessageLog messages, Peers peers, Scopes scopes, IWorkQueue queue, TimeProvider time)
    {
        _store = store;
        _lanes = lanes;
        _projection = projection;
        _messages = messages;
        _peers = peers;
        _scopes = scopes;
        _queue = queue;
        _time = time;
    }

    /// <summary>
    /// Creates workspace, peers and scopes as needed. On an existing session metadata is replaced, configuration merged, peers are added.
    /// Not found while the id is being deleted.
    /// </summary>
    public async Task<(Session Session, bool Created)> GetOrCreateAsync(
        string workspace,
        string id,
        JsonElement? metadata,
        JsonElement? configuration,
        IReadOnlyDictionary<string, MemberSettings>? peers,
        IReadOnlyList<string>? scopes,
        CancellationToken cancellationToken)
    {
        var created = false;
        var state = await ChangeAsync(workspace, id, peers ?? NoPeers, Plan, cancellationToken);
        foreach (var scope in scopes ?? [])
        {
            await _scopes.GetOrCreateAsync(workspace, scope, null, cancellationToken);
            await _scopes.AddSessionsAsync(workspace, scope, [id], cancellationToken);
        }

        return (state.Session!, created);

        SessionChange Plan(SessionState state)
        {
            created = !state.Exists;
            return Join(Settings(OrNew(state, _time), metadata, configuration), peers ?? NoPeers, _time);
        }
    }

    /// <summary>Null when it does not exist; an inactive one is returned.</summary>
    public Task<Session?> FindAsync(string workspace, string id, CancellationToken cancellationToken) =>
        _store.FindAsync(Partition.Conversation(workspace, id), SessionDocument.Id, DocumentJson.Default.Session, cancellationToken);

    /// <summary>Active sessions only.</summary>
    public Task<Page<Session>> ListAsync(string workspace, Paging paging, Condition? where, CancellationToken cancellationToken)
    {
        var query = Active with { Where = Stored.And(Active.Where, where), Descending = paging.Reverse };
        return _store.PageAsync(Owners.Sessions(workspace), query, paging, DocumentJson.Default.Session, cancellationToken);
    }

    /// <summary>Hides the session at once; the worker removes everything stamped with it.</summary>
    public async Task DeleteAsync(string workspace, string id, CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, id);
        var state = await _lanes.ChangeAsync(partition, Plan, cancellationToken);
        await _projection.HideAsync(state, cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(partition), TimeSpan.Zero, cancellationToken);

        SessionChange Plan(SessionState state)
        {
            state.Writable();
            return Hidden(state);
        }
    }

    private SessionChange Hidden(SessionState state)
    {
        var inactive = state.Session! with { IsActive = false };
        var next = state with { Session = inactive, Head = state.Head with { Deleting = true, DueAt = _time.GetUtcNow(), Unprojected = true } };
        return new SessionChange(next) { Operations = [Write(inactive)] };
    }

    /// <summary>Marks a session that there was at a time for removal, unless it is marked. False when a later one has its id.</summary>
    internal async Task<bool> HideAsync(Partition partition, DateTimeOffset time, CancellationToken cancellationToken)
    {
        var state = await _lanes.ChangeAsync(partition, Plan, cancellationToken);
        return !state.Exists || state.Head.Deleting;

        SessionChange Plan(SessionState state) => state is { Exists: true, Head.Deleting: false } && state.Session!.CreatedAt <= time ? Hidden(state) : new SessionChange(state);
    }

    /// <summary>Copies settings, members and the messages up to the given one (all when null) into a new session.</summary>
    public async Task<Session> CloneAsync(string workspace, string id, string? messageId, CancellationToken cancellationToken)
    {
        var source = Partition.Conversation(workspace, id);
        var original = await FindAsync(workspace, id, cancellationToken) ?? throw new KithException(ErrorCode.NotFound, "Original session not found");
        var cut = (await _messages.HeadAsync(source, cancellationToken)).Visible;
        if (messageId is not null)
        {
            var last = await _messages.FindAsync(workspace, id, messageId, cancellationToken);
            cut = last?.Sequence ?? throw new KithException(ErrorCode.NotFound, "Session not found");
        }

        var name = Ids.New();
        var target = Partition.Conversation(workspace, name);
        var session = original with { Name = name, CreatedAt = _time.GetUtcNow(), IsActive = true, Thread = null, CopyOf = id };
        var operations = new List<Operation>();
        var (tokens, copied) = (0L, 0L);
        await foreach (var message in _messages.RangeAsync(source, 0, cut, cancellationToken))
        {
            var copy = message with { Id = Ids.New(), SessionId = name, CopyOf = message.CopyOf ?? message.Id };
            tokens = message.TokensBefore + message.TokenCount;
            operations.Add(new Operation.Create(copy.Id, Stored.Body(copy, DocumentJson.Default.Message)));
            copied++;
        }

        var members = new List<Member>();
        await foreach (var document in _store.AllAsync(source, new Query("member"), cancellationToken))
            members.Add(document.As(DocumentJson.Default.Member));

        // What the copied messages say is known from the original already; only what is said from here on is derived again.
        operations.Add(new Operation.Upsert(Watermarks.Id, Stored.Body(Watermarks.New() with { Derived = cut, Planned = cut, Copied = cut }, DocumentJson.Default.Watermarks)));
        operations.AddRange(members.Select(Write));
        operations.Add(Write(session));
        var state = await _lanes.ChangeAsync(
            target,
            state => new SessionChange(
                members.Aggregate(state, (next, member) => next.With(member)) with
                {
                    Session = session,
                    Head = new Head { Visible = cut, Tombstones = cut - copied, Tokens = tokens, DueAt = _time.GetUtcNow(), Unprojected = true },
                })
            {
                Operations = operations,
            },
            cancellationToken);
        await _projection.WriteAsync(state, [.. state.Members.Keys], cancellationToken);
        await _queue.EnqueueAsync(new WorkHint(target), TimeSpan.Zero, cancellationToken);
        return session;
    }

    /// <summary>Active members without scopes; empty for an unknown session.</summary>
    public async Task<Page<Peer>> MembersAsync(string workspace, string id, Paging paging, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var document in _store.AllAsync(Partition.Conversation(workspace, id), new Query("member"), cancellationToken))
        {
            var member = document.As(DocumentJson.Default.Member);
            if (member.IsActive)
                names.Add(member.Peer);
        }

        var page = names.Skip(paging.Skip).Take(paging.Size).ToArray();
        var peers = await Task.WhenAll(page.Select(name => _peers.FindAsync(workspace, name, cancellationToken)));
        return new Page<Peer>([.. peers.OfType<Peer>()], names.Count);
    }

    /// <summary>Creates session and peers; active members keep their settings.</summary>
    public async Task<Session> AddMembersAsync(string workspace, string id, IReadOnlyDictionary<string, MemberSettings> peers, CancellationToken cancellationToken) =>
        (await GetOrCreateAsync(workspace, id, null, null, peers, null, cancellationToken)).Session;

    /// <summary>Makes the membership exactly this; not found when the session is missing.</summary>
    public async Task<Session> SetMembersAsync(string workspace, string id, IReadOnlyDictionary<string, MemberSettings> peers, CancellationToken cancellationToken)
    {
        var state = await ChangeAsync(workspace, id, peers, Plan, cancellationToken);
        return state.Session!;

        SessionChange Plan(SessionState state)
        {
            state.Writable();
            var now = _time.GetUtcNow();
            var visible = state.Head.Visible;
            var left = state.Members.Values.Where(member => !peers.ContainsKey(member.Peer)).Select(member => member.Leave(visible, now));
            var configured = state.Members.Values
                .Where(member => member.IsActive && peers.ContainsKey(member.Peer))
                .Select(member => member.Configure(peers[member.Peer], visible));
            return Join(Replace(new SessionChange(state), [.. left, .. configured], _time), peers, _time);
        }
    }

    /// <summary>Peers leave; unknown ids are ignored.</summary>
    public async Task<Session> RemoveMembersAsync(string workspace, string id, IReadOnlyCollection<string> peers, CancellationToken cancellationToken)
    {
        var state = await ChangeAsync(workspace, id, NoPeers, Plan, cancellationToken);
        return state.Session!;

        SessionChange Plan(SessionState state)
        {
            state.Writable();
            var now = _time.GetUtcNow();
            var left = peers.Distinct().Where(state.Members.ContainsKey).Select(peer => state.Members[peer].Leave(state.Head.Visible, now));
            return Replace(new SessionChange(state), [.. left], _time);
        }
    }

    /// <summary>Also of a peer that left; not found without a membership.</summary>
    public async Task<MemberSettings> MemberSettingsAsync(string workspace, string id, string peer, CancellationToken cancellationToken)
    {
        var member = await FindMemberAsync(workspace, id, peer, cancellationToken);
        return member?.Settings
            ?? throw new KithException(ErrorCode.NotFound, $"Session peer {peer} not found in session {id} in workspace {workspace}");
    }

    /// <summary>Merges the non-null settings; adds the membership if absent. Not found when session or peer is missing.</summary>
    public async Task SetMemberSettingsAsync(string workspace, string id, string peer, MemberSettings settings, CancellationToken cancellationToken)
    {
        _ = await FindAsync(workspace, id, cancellationToken) ?? throw Errors.SessionNotFound(id, workspace);
        if (peer.StartsWith(Names.ScopePrefix, StringComparison.Ordinal))
            throw Errors.IsScope(peer);
        _ = await _peers.FindAsync(workspace, peer, cancellationToken) ?? throw Errors.PeerNotFound(peer, workspace);
        await ChangeAsync(workspace, id, NoPeers, Plan, cancellationToken);

        SessionChange Plan(SessionState state)
        {
            state.Writable();
            if (!state.Members.TryGetValue(peer, out var member))
                return Join(new SessionChange(state), new Dictionary<string, MemberSettings> { [peer] = settings }, _time);

            var merged = new MemberSettings(settings.ObserveMe ?? member.Settings.ObserveMe, settings.ObserveOthers ?? member.Settings.ObserveOthers);
            return Replace(new SessionChange(state), [member.Configure(merged, state.Head.Visible)], _time);
        }
    }

    /// <summary>Whether the peer is an active member.</summary>
    public async Task<bool> IsActiveMemberAsync(string workspace, string id, string peer, CancellationToken cancellationToken) =>
        await FindMemberAsync(workspace, id, peer, cancellationToken) is { IsActive: true };

    /// <summary>The session itself, created with default settings where it does not exist.</summary>
    internal static SessionChange OrNew(SessionState state, TimeProvider time)
    {
        if (state.Exists || state.Head.Deleting)
        {
            state.Writable();
            return new SessionChange(state);
        }

        if (!Names.IsValid(state.Name))
            throw Errors.BadSessionName(state.Name);

        var session = new Session
        {
            Name = state.Name,
            WorkspaceId = state.Workspace,
            Metadata = FreeJson.Empty,
            Configuration = FreeJson.Empty,
            CreatedAt = time.GetUtcNow(),
        };
        return Put(state, session, time);
    }

    /// <summary>Creates or replaces the session's own document.</summary>
    internal static SessionChange Put(SessionState state, Session session, TimeProvider time) =>
        new(Touched(state with { Session = session }, time)) { Operations = [Write(session)] };

    /// <summary>The peers as active members; those that are keep their settings.</summary>
    internal static SessionChange Join(SessionChange change, IReadOnlyDictionary<string, MemberSettings> peers, TimeProvider time)
    {
        var state = change.Next;
        var now = time.GetUtcNow();
        return Replace(change, [.. peers.Select(Joined)], time);

        Member Joined(KeyValuePair<string, MemberSettings> peer) => state.Members.TryGetValue(peer.Key, out var member)
            ? member.Rejoin(peer.Value, state.Head.Visible, now)
            : Member.Join(peer.Key, peer.Value, state.Head.Visible, now);
    }

    private static SessionChange Settings(SessionChange change, JsonElement? metadata, JsonElement? configuration)
    {
        if (metadata is null && configuration is null)
            return change;

        var session = change.Next.Session! with
        {
            Metadata = metadata ?? change.Next.Session!.Metadata,
            Configuration = configuration is { } given ? FreeJson.Merge(change.Next.Session!.Configuration, given) : change.Next.Session!.Configuration,
        };
        var next = change.Next with { Session = session, Head = change.Next.Head with { Unprojected = true } };
        return new SessionChange(next) { Operations = [.. change.Operations, Write(session)] };
    }

    /// <summary>Puts changed members in place; refused when too many would observe others.</summary>
    private static SessionChange Replace(SessionChange change, IReadOnlyList<Member> members, TimeProvider time)
    {
        var changed = members.Where(member => !ReferenceEquals(change.Next.Members.GetValueOrDefault(member.Peer), member)).ToArray();
        if (changed.Length == 0)
            return change;

        var next = Touched(changed.Aggregate(change.Next, (state, member) => state.With(member)), time);
        var observers = next.Members.Values.Count(member => member is { IsActive: true, Settings.ObserveOthers: true });
        if (observers > Limits.ObserversPerSession && changed.Any(member => member.Settings.ObserveOthers == true))
            throw Errors.TooManyObservers(next.Name, observers);

        return new SessionChange(next) { Operations = [.. change.Operations, .. changed.Select(Write)] };
    }

    private static SessionState Touched(SessionState state, TimeProvider time) =>
        state with { Head = state.Head with { Unprojected = true, DueAt = state.Head.DueAt ?? time.GetUtcNow() + Due.ProjectionGrace } };

    private static Operation Write(Session session) => new Operation.Upsert(SessionDocument.Id, Stored.Body(session, DocumentJson.Default.Session));

    private static Operation Write(Member member) => new Operation.Upsert(Member.IdPrefix + member.Peer, Stored.Body(member, DocumentJson.Default.Member));

    private async Task<Member?> FindMemberAsync(string workspace, string id, string peer, CancellationToken cancellationToken) => Names.CanExist(peer)
        ? await _store.FindAsync(Partition.Conversation(workspace, id), Member.IdPrefix + peer, DocumentJson.Default.Member, cancellationToken)
        : null;

    /// <summary>Asks the plan for its refusals first, so that nothing is created for a call that is refused; then makes peers, change and directory copies.</summary>
    private async Task<SessionState> ChangeAsync(
        string workspace,
        string id,
        IReadOnlyDictionary<string, MemberSettings> peers,
        Func<SessionState, SessionChange> plan,
        CancellationToken cancellationToken)
    {
        var partition = Partition.Conversation(workspace, id);
        var before = await _lanes.ReadAsync(partition, cancellationToken);
        plan(before);
        if (peers.Count > 0 || !before.Exists)
            await _peers.EnsureAsync(workspace, [.. peers.Keys], cancellationToken);
        var state = await _lanes.ChangeAsync(partition, plan, cancellationToken);
        if (state.Head.Unprojected)
            await _projection.WriteAsync(state, [.. peers.Keys], cancellationToken);
        return state;
    }
}
