using System.Text.RegularExpressions;

namespace Kith.Http.Tests.Replay;

/// <summary>A difference on purpose.</summary>
/// <param name="Label">Pattern of the labels of the recorded calls that it concerns.</param>
/// <param name="At">Pattern of the places in their answers.</param>
internal sealed record Deviation(string Label, string At, string Reason)
{
    public bool Covers(Difference difference) => Regex.IsMatch(difference.Recording.Label, Label) && Regex.IsMatch(difference.At, At);

    public override string ToString() => $"{Label} {At} ({Reason})";
}
