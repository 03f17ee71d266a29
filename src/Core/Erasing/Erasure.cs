using System.Text.Json.Serialization;
using Kith.Core.Storage;

namespace Kith.Core.Erasing;

/// <summary>An erasure as a job, and its receipt. It holds ids and counts, never content. One per target: asking again runs it again and adds to its counts.</summary>
public sealed record Erasure
{
    internal const string DocumentType = "erasure";

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required ErasureTarget Target { get; init; }

    public required ErasureState State { get; init; }

    /// <summary>Why it failed, without content; null where it did not.</summary>
    public string? Reason { get; init; }

    /// <summary>When it was first asked for.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last run was asked for.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the worker should look; null when it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>What all runs took away, by kind of document; <c>recall</c> are entries of the search index with their vectors.</summary>
    public IReadOnlyDictionary<string, long> Counts { get; init; } = new Dictionary<string, long>();

    /// <summary>What the proof found in the end, by kind of document: empty when nothing is left.</summary>
    public IReadOnlyDictionary<string, long> Remaining { get; init; } = new Dictionary<string, long>();

    /// <summary>Sessions that began as copies of an erased one. They are sessions of their own and stay.</summary>
    public IReadOnlyList<string> Copies { get; init; } = [];

    /// <summary>The message that the target is, or is a copy of.</summary>
    [JsonInclude]
    internal string? Original { get; init; }

    /// <summary>Of a conclusion: whose it is, and where it was learnt.</summary>
    [JsonInclude]
    internal ErasureCursor.Pair? Pair { get; init; }

    /// <summary>When the last proof was done.</summary>
    [JsonInclude]
    internal DateTimeOffset? VerifiedAt { get; init; }

    [JsonInclude]
    internal ErasureCursor Cursor { get; init; } = new();

    internal bool HasEnded => State != ErasureState.Running;

    /// <summary>A workspace's receipt outlives the workspace.</summary>
    internal static Partition PlaceOf(string workspace, ErasureKind kind) => kind == ErasureKind.Workspace
        ? Partition.Work(Partition.SystemWorkspace, Place + "." + workspace)
        : Partition.Work(workspace, Place);

    internal const string Place = "$erasures";

    internal Partition Partition => PlaceOf(WorkspaceId, Target.Kind);

    internal Erasure With(IEnumerable<KeyValuePair<string, long>> counts)
    {
        var sum = Counts.ToDictionary(StringComparer.Ordinal);
        foreach (var (kind, count) in counts.Where(count => count.Value > 0))
            sum[kind] = sum.GetValueOrDefault(kind) + count;
        return this with { Counts = sum.OrderBy(count => count.Key, StringComparer.Ordinal).ToDictionary() };
    }
}
