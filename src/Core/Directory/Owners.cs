using Kith.Core.Storage;

namespace Kith.Core.Directory;

/// <summary>The partitions of the directory. Owners that are not peers start with a dollar sign, which no peer id can.</summary>
internal static class Owners
{
    public const string WorkspaceId = "$workspace";

    /// <summary>The list of all workspaces: copies of their documents.</summary>
    public static Partition Registry { get; } = Partition.Directory(Partition.SystemWorkspace, "$workspaces");

    /// <summary>Keys of the whole server.</summary>
    public static Partition Keys { get; } = Partition.Directory(Partition.SystemWorkspace, "$keys");

    /// <summary>Which workspace each connection to a chat platform is of.</summary>
    public static Partition Connections { get; } = Partition.Directory(Partition.SystemWorkspace, "$connections");

    /// <summary>The workspace's own document, its webhooks, connections and keys.</summary>
    public static Partition Workspace(string workspace) => Partition.Directory(workspace, "$workspace");

    public static Partition Peers(string workspace) => Partition.Directory(workspace, "$peers");

    /// <summary>Copies of the sessions' documents, and their progress.</summary>
    public static Partition Sessions(string workspace) => Partition.Directory(workspace, "$sessions");

    /// <summary>Copies of what sessions say about the threads that they are.</summary>
    public static Partition Threads(string workspace) => Partition.Directory(workspace, "$threads");

    /// <summary>The states of workflows.</summary>
    public static Partition States(string workspace) => Partition.Directory(workspace, "$states");
    public static Partition Agents(string workspace) => Partition.Directory(workspace, "$agents");

    /// <summary>Peers that are the same person as others.</summary>
    public static Partition Links(string workspace) => Partition.Directory(workspace, "$links");

    /// <summary>Memberships of a peer, or sessions of a scope.</summary>
    public static Partition Memberships(string workspace, string peer) => Partition.Directory(workspace, peer);
}
