namespace Kith.Core.Reasoning.Extractive;

/// <summary>A line that may support an answer.</summary>
internal sealed record Evidence(string Text, string Line, DateTimeOffset SaidAt, double Fit, int Rank)
{
    /// <summary>Said by someone else than the subject, about themselves.</summary>
    public bool IsForeign { get; init; }
    public RecalledConclusion? Conclusion { get; init; }
    public RecalledMessage? Message { get; init; }
}
