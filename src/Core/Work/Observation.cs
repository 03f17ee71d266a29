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
    public static async Task<Observation> OfAsync(IDocumentStore store, SessionState state, IEnumerable<string> senders, CancellationToken cancellationToken)
    {
        var workspace = await store.FindAsync(Owners.Workspace(state.Workspace), Owners.WorkspaceId, DocumentJson.Default.Workspace, cancellationToken);
        var observed = new Dictionary<string, bool>();
        foreach (var sender in senders.Distinct(StringComparer.Ordinal))
        {
            var peer = await store.FindAsync(Owners.Peers(state.Workspace), sender, DocumentJson.Default.Peer, cancellationToken);
            observed[sender] = peer?.Configuration.Boolean("observe_me") ?? true;
        }

        return new Observation(state.Members, observed, state.Session?.Configuration ?? FreeJson.Empty, workspace?.Configuration ?? FreeJson.Empty);
    }

    public ProcessingOptions OptionsOf(Message message) => message.Configuration is { } own
        ? ProcessingOptions.Resolve(own, _session, _workspace)
        : SessionOptions;

    public bool IsDue(Message message) =>
        OptionsOf(message).Reasoning
        && (_members.GetValueOrDefault(message.PeerId)?.At(message.Sequence)?.ObserveMe ?? IsObserved(message.PeerId));

    /// <summary>The peer's own setting.</summary>
    public bool IsObserved(string peer) => _observedByDefault.GetValueOrDefault(peer, true);

    /// <summary>The sender itself, and every member that observed others when the message came.</summary>
    public IReadOnlyList<string> ObserversOf(string sender, long sequence) =>
        [sender, .. _members.Values.Where(member => member.Peer != sender && member.At(sequence)?.ObserveOthers == true).Select(member => member.Peer)];
}
