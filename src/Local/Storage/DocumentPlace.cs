using Kith.Core.Storage;

namespace Kith.Local.Storage;

/// <summary>The partition that a row lies in.</summary>
internal static class DocumentPlace
{
    public static Partition Of(Container container, string workspace, string second, string third) => container switch
    {
        Container.Directory => Partition.Directory(workspace, second),
        Container.Conversations => Partition.Conversation(workspace, second),
        Container.Memory => Partition.Memory(workspace, second, third),
        Container.Work => Partition.Work(workspace, second),
        _ => throw new ArgumentOutOfRangeException(nameof(container), container, null),
    };
}
