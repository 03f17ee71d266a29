namespace Kith.Core.Reasoning.Extractive;

/// <summary>A line that may support an answer.</summary>
internal sealed record Evidence(string Text, string Line, DateTimeOffset SaidAt, double Fit, int Rank)
{
    public RecalledConclusion? Conclusion { get; init; }
    public RecalledMessage? Message { get; init; }
}
