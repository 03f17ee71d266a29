using System.Text.Json;

namespace Kith.Core.Directory;

/// <summary>A tenant: everything in it is isolated from every other workspace.</summary>
public sealed record Workspace
{
    public string Type { get; } = "workspace";

    /// <summary>The id that clients chose.</summary>
    public required string Name { get; init; }

    /// <summary>A JSON object.</summary>
    public required JsonElement Metadata { get; init; }

    /// <summary>A JSON object (spec honcho-api §5.1), as given.</summary>
    public required JsonElement Configuration { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Null for the defaults.</summary>
    public WorkspaceSettings? Settings { get; init; }

    /// <summary>The settings were changed, and what the directory worked out from them is behind.</summary>
    public bool SettingsChanged { get; init; }

    /// <summary>Whose vectors all of it is embedded with (see <see cref="Recall.IEmbedder.Model"/>); null where that is not known.</summary>
    public string? EmbeddingModel { get; init; }

    /// <summary>Set while a deletion or an unfinished projection waits for the worker.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public bool Deleting { get; init; }

    /// <summary>When the files below the store are to let go of what became too old; null when they hold nothing of it.</summary>
    public DateTimeOffset? ScrubAt { get; init; }
}
