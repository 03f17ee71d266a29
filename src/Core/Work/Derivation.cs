using Kith.Core.Reasoning;

namespace Kith.Core.Work;

/// <summary>A reasoner's answer for one batch of one sender, saved before it is used: projecting it may be repeated, making it may not.</summary>
internal sealed record Derivation
{
    public string Type { get; } = "derivation";

    public required string Observed { get; init; }

    public required long After { get; init; }

    public required long Through { get; init; }

    /// <summary>The rebuild that made it; null in ordinary work.</summary>
    public string? Run { get; init; }

    /// <summary>The session's <see cref="Watermarks.Fence"/> under which it was made.</summary>
    public string? Fence { get; init; }

    public required string Reasoner { get; init; }

    public required IReadOnlyList<Statement> Statements { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
