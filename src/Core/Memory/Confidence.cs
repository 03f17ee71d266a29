namespace Kith.Core.Memory;

/// <summary>How far a pattern is borne out by its evidence (spec honcho-engine §8.3).</summary>
public static class Confidence
{
    public static string Of(int evidence) => evidence switch
    {
        >= 5 => "high",
        >= 3 => "medium",
        _ => "low",
    };
}
