using System.Text.Json;
using Kith.Core.Threads;

namespace Kith.Core.Directory;

/// <summary>A thread in which peers exchange messages.</summary>
public sealed record Session
{
    public string Type { get; } = "session";

    public required string Name { get; init; }

    public required string WorkspaceId { get; init; }

    public required JsonElement Metadata { get; init; }

    public required JsonElement Configuration { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The session that this one began as a copy of; null for others. It may be gone.</summary>
    public string? CopyOf { get; init; }

    /// <summary>False from the moment of deletion until the worker has removed everything.</summary>
    public bool IsActive { get; init; } = true;

    /// <summary>Null when the session is no thread of a workflow.</summary>
    public ConversationThread? Thread { get; init; }
}
