using System.Text.Json;

namespace Kith.Core.Directory;

/// <summary>A participant: a user, an agent, a character, an imported source.</summary>
public sealed record Peer
{
    public string Type { get; } = "peer";

    public required string Name { get; init; }

    public required string WorkspaceId { get; init; }

    public required JsonElement Metadata { get; init; }

    /// <summary>A free JSON object; only <c>observe_me</c> has meaning (spec honcho-api §5.3).</summary>
    public required JsonElement Configuration { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>True for the hidden peer behind a scope.</summary>
    public bool IsScope { get; init; }
}
