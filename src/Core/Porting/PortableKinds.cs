using Kith.Core.Conversations;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Storage;

namespace Kith.Core.Porting;

/// <summary>
/// What an export carries, in its order. Left out is what can be made again (copies in the directory, index entries), what is of one store only (jobs, failed
/// steps, receipts, usage, keys, claims, deliveries, connections) and what is secret.
/// </summary>
internal static class PortableKinds
{
    private static readonly DocumentJson Json = DocumentJson.Default;

    public static PortableKind Workspace { get; } = new(Container.Directory, "workspace", Json.Workspace, "dueAt", "settingsChanged", "embeddingModel", "deleting", "scrubAt");

    public static PortableKind Peer { get; } = new(Container.Directory, "peer", Json.Peer);

    /// <summary>Of scopes: those of peers are copies.</summary>
    public static PortableKind Membership { get; } = new(Container.Directory, "membership", Json.Membership);

    public static PortableKind Message { get; } = new(Container.Conversations, "message", Json.Message);

    public static PortableKind Member { get; } = new(Container.Conversations, "member", Json.Member);

    public static PortableKind Session { get; } = new(Container.Conversations, "session", Json.Session);

    public static PortableKind Head { get; } = new(Container.Conversations, "head", Json.Head, "dueAt", "unprojected", "stagedAt", "erased");

    public static PortableKind Watermarks { get; } =
        new(Container.Conversations, "watermarks", Json.Watermarks, "indexed", "indexedAt", "settled", "settling", "settlingAt", "waitingSince", "plan", "fence");

    public static PortableKind Dream { get; } = new(Container.Memory, "dream", Json.Dream, "dueAt", "repairAt", "unindexed", "run");

    public static PortableKind Conclusion { get; } = new(Container.Memory, "conclusion", Json.Conclusion);

    public static PortableKind AgentSession { get; } = new(Container.Conversations, "agentSession", Json.AgentSession);

    public static IReadOnlyList<PortableKind> OfDirectory { get; } =
    [
        Workspace,
        new(Container.Directory, "webhook", Json.Webhook, "secrets"),
        Peer,
        new(Container.Directory, "agent", Json.Agent, "responderSecret"),
        new(Container.Directory, "workflowState", Json.WorkflowState),
        Membership,
        new(Container.Directory, Link.DocumentType, Json.Link),
    ];

    public static IReadOnlyList<PortableKind> OfPairs { get; } =
        [Conclusion, new(Container.Memory, "card", Json.PeerCard), Dream, new(Container.Memory, DreamRun.DocumentType, Json.DreamRun)];

    /// <summary>The head comes last: it decides what exists.</summary>
    public static IReadOnlyList<PortableKind> OfSessions { get; } =
    [
        Message,
        new(Container.Conversations, Tombstone.DocumentType, Json.Tombstone),
        Member,
        new(Container.Conversations, "derivation", Json.Derivation, "fence"),
        new(Container.Conversations, "summary", Json.Summary),
        new(Container.Conversations, "workflowState", Json.WorkflowState),
        AgentSession,
        Session,
        Watermarks,
        Head,
    ];

    public static PortableKind? Find(Container container, string type) =>
        OfDirectory.Concat(OfPairs).Concat(OfSessions).FirstOrDefault(kind => kind.Container == container && kind.Type == type);
}
