using Kith.Core.Memory;

namespace Kith.Core.Rebuilding;

/// <summary>What a rebuild found in one window of a session's messages, for one pair: the conclusions that stand, and the messages that say so.</summary>
internal sealed record Confirmation
{
    public string Type { get; } = "confirmation";

    public required string Run { get; init; }

    public required string Session { get; init; }

    public required string Observer { get; init; }

    public required string Observed { get; init; }

    public required IReadOnlyList<Placement> Placements { get; init; }
}
