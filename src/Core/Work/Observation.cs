using System.Text.Json;
using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Storage;

namespace Kith.Core.Work;

/// <summary>Which messages of a session are derived, and for whom (spec honcho-engine §1.3).</summary>
internal sealed class Observation
{
    private readonly IReadOnlyDictionary<string, Member> _members;
    private readonly Dictionary<string, bool> _observedByDefault;
    private readonly JsonElement _session;
    private readonly JsonElement _workspace;

    private Observation(IReadOnlyDictionary<string, Member> members, Dictionary<string, bool> observedByDefault, JsonElement session, JsonElement workspace)
    {
        _members = members;
        _observedByDefault = observedByDefault;
        _session = session;
        _workspace = workspace;
        SessionOptions = ProcessingOptions.Resolve(session, workspace);
    }

    /// <summary>What holds for the session as a whole.</summary>
    public ProcessingOptions SessionOptions { get; }

    /// <param name="senders">The authors of the messages that will be asked about.</param>
    public static async Task<Observation> OfAsync(IDocumentStore store, SessionState state, IEnumerable<string> senders, CancellationToken cancellationToken) => new(
        state.Members,
        await ObservedByDefaultAsync(store, state.Workspace, senders, cancellationToken),
        state.Session?.Configuration ?? FreeJson.Empty,
        await WorkspaceAsync(store, state.Workspace, cancellationToken));

    /// <summary>The same where nothing of the session has been read yet, nor has to be written.</summary>
    public static async Task<Observation> ReadAsync(IDocumentStore store, Partition session, IEnumerable<string> senders, CancellationToken cancellationToken) =>
        await OfAsync(store, session.Workspace, await store.GatherAsync(session, [SessionDocument.Id], [new Query("member")], cancellationToken), senders, cancellationToken);

    /// <summary>The same from what was read: the session's document and its members, among others.</summary>
    public static async Task<Observation> OfAsync(IDocumentStore store, string workspace, IReadOnlyList<Document> read, IEnumerable<string> senders, CancellationToken cancellationToken) =>
        Of(read, await ObservedByDefaultAsync(store, workspace, senders, cancellationToken), await WorkspaceAsync(store, workspace, cancellationToken));

    /// <summary>The same for authors that the plan knows.</summary>
    public static Observation Of(IReadOnlyList<Document> read, DerivePlan plan) => Of(read, plan.Unobserved.ToDictionary(peer => peer, _ => false), plan.Workspace);

    /// <summary>What a window by these authors is planned with.</summary>
    /// <param name="configuration">The workspace's.</param>
    public static async Task<DerivePlan> PlanAsync(IDocumentStore store, string workspace, DateTimeOffset now, JsonElement configuration, IReadOnlyCollection<string> authors, CancellationToken cancellationToken)
    {
        var observed = await ObservedByDefaultAsync(store, workspace, authors, cancellationToken);
        return new DerivePlan(now, configuration, [.. authors], [.. observed.Where(peer => !peer.Value).Select(peer => peer.Key)]);
    }

    /// <summary>What holds for a session as a whole, for callers that need nothing else.</summary>
    public static async Task<ProcessingOptions> SessionOptionsAsync(IDocumentStore store, Partition session, CancellationToken cancellationToken)
    {
        var found = await store.FindAsync(session, SessionDocument.Id, DocumentJson.Default.Session, cancellationToken);
        return ProcessingOptions.Resolve(found?.Configuration ?? FreeJson.Empty, await WorkspaceAsync(store, session.Workspace, cancellationToken));
    }

    public ProcessingOptions OptionsOf(Message message) => message.Configuration is { } own
        ? ProcessingOptions.Resolve(own, _session, _workspace)
        : SessionOptions;

    public bool IsDue(Message message) =>
        OptionsOf(message).Reasoning
        && (_members.GetValueOrDefault(message.PeerId)?.At(message.Sequence)?.ObserveMe ?? IsObserved(message.PeerId));

    /// <summary>The peer's own setting.</summary>
    public bool IsObserved(string peer) => _observedByDefault.GetValueOrDefault(peer, true);

    /// <summary>The workspace's configuration.</summary>
    public static async Task<JsonElement> WorkspaceAsync(IDocumentStore store, string workspace, CancellationToken cancellationToken) =>
        (await store.FindAsync(Owners.Workspace(workspace), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken))?.Configuration ?? FreeJson.Empty;

    private static Observation Of(IReadOnlyList<Document> read, Dictionary<string, bool> observedByDefault, JsonElement workspace) => new(
        read.Where(document => document.IsOf("member")).Select(document => document.As(DocumentJson.Default.Member)).ToDictionary(member => member.Peer),
        observedByDefault,
        read.FirstOrDefault(document => document.Id == SessionDocument.Id)?.As(DocumentJson.Default.Session).Configuration ?? FreeJson.Empty,
        workspace);

    private static async Task<Dictionary<string, bool>> ObservedByDefaultAsync(IDocumentStore store, string workspace, IEnumerable<string> senders, CancellationToken cancellationToken)
    {
        var observed = new Dictionary<string, bool>();
        foreach (var chunk in senders.Distinct(StringComparer.Ordinal).Chunk(StoreLimits.PageSize))
        {
            var peers = await store.QueryAsync(Owners.Peers(workspace), new Query("peer") { Ids = chunk, Limit = StoreLimits.PageSize }, cancellationToken);
            foreach (var peer in peers.Items)
                observed[peer.Id] = peer.As(DocumentJson.Default.Peer).Configuration.Boolean("observe_me") ?? true;
        }

        return observed;
    }

    /// <summary>The sender itself, and every member that observed others when the message came.</summary>
    public IReadOnlyList<string> ObserversOf(string sender, long sequence) =>
        [sender, .. _members.Values.Where(member => member.Peer != sender && member.At(sequence)?.ObserveOthers == true).Select(member => member.Peer)];
}
