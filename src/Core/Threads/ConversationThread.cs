using System.Text.Json;

namespace Kith.Core.Threads;

/// <summary>What makes a session a thread of a workflow; kept in the session's own document, so that both change together.</summary>
public sealed record ConversationThread
{
    public required string WorkflowName { get; init; }

    /// <summary>The thread that this one branched from; it may be gone.</summary>
    public string? ParentThreadId { get; init; }

    /// <summary>The message of the parent after which the branch begins; null when the parent had none, or when it is not known (imported).</summary>
    public string? BranchPoint { get; init; }

    /// <summary>Sequence of the branch point; 0 when the parent had no message; null when it is not known: then all of the parent precedes.</summary>
    public long? BranchSequence { get; init; }

    /// <summary>A JSON object that clients own.</summary>
    public required JsonElement InitialContext { get; init; }

    public ThreadStatus Status { get; init; }

    /// <summary>The peers who speak in the three roles; no two are the same.</summary>
    public required string UserPeer { get; init; }

    public required string AssistantPeer { get; init; }

    public required string SystemPeer { get; init; }

    /// <summary>Own time to live in hours; the workspace's when null.</summary>
    public double? TtlHours { get; init; }

    /// <summary>Own number of messages that are shown; the workspace's when null.</summary>
    public int? MaxMessages { get; init; }

    /// <summary>From when on the time to live counts at the earliest: of an imported thread, whose times lie in the past.</summary>
    public DateTimeOffset? KeptFrom { get; init; }

    /// <summary>Changes with every change of the thread itself; messages are counted beside it.</summary>
    public required string Tag { get; init; }

    /// <summary>The tag of the stored state; null while there is none.</summary>
    public string? StateTag { get; init; }

    /// <summary>Whoever is neither assistant nor system is a user, whatever door the message came through.</summary>
    public string RoleOf(string peer) =>
        peer == AssistantPeer ? Roles.Assistant
        : peer == SystemPeer ? Roles.System
        : Roles.User;

    public string PeerOf(string role) => role switch
    {
        Roles.Assistant => AssistantPeer,
        Roles.System => SystemPeer,
        _ => UserPeer,
    };
}
