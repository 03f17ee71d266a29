using System.Collections.ObjectModel;
using Microsoft.Azure.Cosmos;
using Container = Kith.Core.Storage.Container;

namespace Kith.Azure.Storage;

/// <summary>
/// How a container has to be created; in production by Bicep, which is checked against this. Only the paths named here are indexed, so
/// that content, metadata and vectors never cost a write anything.
/// </summary>
/// <param name="Name">In the database.</param>
/// <param name="Levels">Names of the levels of its hierarchical partition key, the workspace first.</param>
/// <param name="Members">Members of bodies that Core's own queries select by, as paths below the body.</param>
public sealed record CosmosContainer(Container Container, string Name, IReadOnlyList<string> Levels, IReadOnlyList<string> Members)
{
    private static readonly string[] Sorted = [Item.CreatedAt, Item.Sequence];

    public static CosmosContainer Directory { get; } =
        new(Container.Directory, "directory", [Item.Workspace, "owner"], ["isActive/?", "isScope/?"]);

    public static CosmosContainer Conversations { get; } =
        new(Container.Conversations, "conversations", [Item.Workspace, "session"], ["peerId/?", "indexedAt/?", "after/?"]);

    public static CosmosContainer Memory { get; } =
        new(Container.Memory, "memory", [Item.Workspace, "observer", "observed"], ["level/?", "sessionId/?", "session/?", "slot/?", "claim/?", "messageIds/[]/?"]);

    public static CosmosContainer Work { get; } =
        new(Container.Work, "work", [Item.Workspace, "work"], []);

    public static IReadOnlyList<CosmosContainer> All { get; } = [Directory, Conversations, Memory, Work];

    /// <summary>Everything else is excluded.</summary>
    public IReadOnlyList<string> IndexedPaths =>
    [
        .. Levels.Select(level => $"/{level}/?"), $"/{Item.Type}/?", $"/{Item.CreatedAt}/?", $"/{Item.Sequence}/?", $"/{Item.DueAt}/?",
        .. Members.Select(member => $"/{Item.Body}/{member}"),
    ];

    /// <summary>What lists are sorted by, ascending. Cosmos DB walks a composite index backwards as well, so one serves both directions.</summary>
    public IReadOnlyList<IReadOnlyList<string>> CompositeIndexes => [.. Sorted.Select(key => (IReadOnlyList<string>)[.. SortedBy(key).Select(name => $"/{name}")])];

    public static CosmosContainer Of(Container container) => All[(int)container];

    public ContainerProperties Properties()
    {
        var properties = new ContainerProperties(Name, [.. Levels.Select(level => $"/{level}")])
        {
            // Time to live is on; only documents that name one expire.
            DefaultTimeToLive = -1,
            IndexingPolicy = new IndexingPolicy { Automatic = true, IndexingMode = IndexingMode.Consistent },
        };
        foreach (var path in IndexedPaths)
            properties.IndexingPolicy.IncludedPaths.Add(new IncludedPath { Path = path });
        properties.IndexingPolicy.ExcludedPaths.Add(new ExcludedPath { Path = "/*" });
        foreach (var paths in CompositeIndexes)
            properties.IndexingPolicy.CompositeIndexes.Add(new Collection<CompositePath>([.. paths.Select(path => new CompositePath { Path = path, Order = CompositePathSortOrder.Ascending })]));
        return properties;
    }

    /// <summary>The type comes first, although it is the same in all rows: only so does the filter on it use the composite index too.</summary>
    internal IEnumerable<string> SortedBy(string key) => [Item.Type, key, Item.Id, .. Levels.Skip(1)];
}
