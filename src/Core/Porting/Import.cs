namespace Kith.Core.Porting;

/// <summary>An import as a job, with its report. All of its lines were checked before it began.</summary>
public sealed record Import
{
    internal const string DocumentType = "import";
    internal const string DocumentId = "$import";
    internal const string Place = "$imports.";

    /// <summary>Of the report; there may be more.</summary>
    internal const int MostRefusals = 100;

    public string Type { get; } = DocumentType;

    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required ImportFormat Format { get; init; }

    /// <summary>Only what is of this peer; null where all of a workspace is.</summary>
    public string? Peer { get; init; }

    public required ImportState State { get; init; }

    /// <summary>Why it failed, without content; null where it did not.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the worker should look; null when it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public int ChunksDone { get; init; }

    public required int ChunksTotal { get; init; }

    public required long LinesTotal { get; init; }

    public long Imported { get; init; }

    /// <summary>There already, by id.</summary>
    public long Skipped { get; init; }

    public long Refused { get; init; }

    public IReadOnlyList<Refusal> Refusals { get; init; } = [];

    internal bool HasEnded => State != ImportState.Running;

    internal static Storage.Partition PlaceOf(string workspace, string id) => Storage.Partition.Work(workspace, Place + id);
}
