using System.Text.Json.Serialization;

namespace Kith.Core.Storage;

/// <summary>
/// A hierarchical partition key with its container. The workspace is always the first level, so that nothing can be read or
/// written without naming one. Reads and batches need a full key; queries and counts also take a prefix
/// (<see cref="IsComplete"/> false), which the store answers across the partitions below it.
/// </summary>
[JsonConverter(typeof(PartitionJson))]
public readonly record struct Partition
{
    /// <summary>The reserved workspace of what belongs to no workspace. No real workspace id may contain a dollar sign.</summary>
    public const string SystemWorkspace = "$system";

    private Partition(Container container, string workspace, string? second, string? third)
    {
        ArgumentException.ThrowIfNullOrEmpty(workspace);
        Container = container;
        Workspace = workspace;
        Second = second;
        Third = third;
    }

    public Container Container { get; }

    public string Workspace { get; }

    /// <summary>Owner, session, observer or work id; null in a prefix.</summary>
    public string? Second { get; }

    /// <summary>The observed peer in <see cref="Container.Memory"/>; null elsewhere and in a prefix.</summary>
    public string? Third { get; }

    /// <summary>Whether every level that the container has is named.</summary>
    public bool IsComplete => Second is not null && (Container != Container.Memory || Third is not null);

    public static Partition Directory(string workspace, string owner) => new(Container.Directory, workspace, owner, null);

    public static Partition Conversation(string workspace, string session) => new(Container.Conversations, workspace, session, null);

    public static Partition Memory(string workspace, string observer, string observed) => new(Container.Memory, workspace, observer, observed);

    public static Partition Work(string workspace, string id) => new(Container.Work, workspace, id, null);

    /// <summary>Everything of one workspace in a container; for queries and counts only.</summary>
    public static Partition WholeWorkspace(Container container, string workspace) => new(container, workspace, null, null);

    /// <summary>All pairs of one observer; for queries and counts only.</summary>
    public static Partition MemoryOf(string workspace, string observer) => new(Container.Memory, workspace, observer, null);

    /// <summary>The full key as a store has it in its columns.</summary>
    /// <param name="third">Ignored where the container has two levels.</param>
    public static Partition Of(Container container, string workspace, string second, string third) => container switch
    {
        Container.Directory => Directory(workspace, second),
        Container.Conversations => Conversation(workspace, second),
        Container.Memory => Memory(workspace, second, third),
        Container.Work => Work(workspace, second),
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, null),
    };

    public override string ToString() => $"{Container}/{Workspace}/{Second}/{Third}";
}
