namespace Kith.Client.Tests.Threads;

/// <summary>What the document's workflow remembers.</summary>
internal sealed class AnalysisState
{
    public int AnalysisStep { get; set; }

    public List<string> Findings { get; set; } = [];

    public List<string> FilesExamined { get; set; } = [];

    public DateTimeOffset CreatedAt { get; set; } = DateTimeOffset.UtcNow;
}
