namespace Kith.Core.Reasoning;

/// <summary>How many results a tool gives when nobody says, and at most.</summary>
public readonly record struct ResultLimit(int Usual, int Most)
{
    public int Of(int? asked) => Math.Clamp(asked ?? Usual, 1, Most);
}
