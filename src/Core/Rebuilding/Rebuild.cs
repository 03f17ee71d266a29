using System.Text.Json.Serialization;

namespace Kith.Core.Rebuilding;

/// <summary>The making anew of what is worked out from messages, as a job: what, how far, and how it ended. Kept until the same is asked for again.</summary>
public sealed record Rebuild
{
    internal const string DocumentId = "$rebuild";

    public string Type { get; } = "rebuild";

    /// <summary>The same for the same target.</summary>
    public required string Id { get; init; }

    public required string WorkspaceId { get; init; }

    public required IReadOnlyList<RebuildPart> Parts { get; init; }

    /// <summary>Only this session; all where null.</summary>
    public string? Session { get; init; }

    /// <summary>Only what this peer's messages say, in every session that it is or was in; all where null.</summary>
    public string? Peer { get; init; }

    /// <summary>The embedding model whose vectors it makes; null where it makes none.</summary>
    public string? Model { get; init; }

    public required RebuildState State { get; init; }

    /// <summary>Why it failed, without message content; null where it did not.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>When the worker should look; null when it has ended.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public long SessionsDone { get; init; }

    /// <summary>As counted at the beginning.</summary>
    public long SessionsTotal { get; init; }

    public long MessagesDone { get; init; }

    public long MessagesTotal { get; init; }

    [JsonInclude]
    internal RebuildCursor Cursor { get; init; } = new();

    internal bool HasEnded => State is RebuildState.Completed or RebuildState.Failed;

    /// <summary>Tells this run from others of the same target.</summary>
    internal string Run => Ids.Of(Id, Timestamp.Of(CreatedAt));

    /// <summary>Tried again from where it failed.</summary>
    internal Rebuild GoOn(DateTimeOffset now) => this with { State = Cursor.Stage == RebuildStage.Begin ? RebuildState.Waiting : RebuildState.Running, Reason = null, FinishedAt = null, DueAt = now };

    internal bool Makes(RebuildPart part) => Parts.Contains(part);
}
