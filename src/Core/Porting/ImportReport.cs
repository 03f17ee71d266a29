namespace Kith.Core.Porting;

/// <summary>What became of the lines of one chunk.</summary>
/// <param name="first">Number of the chunk's first line.</param>
internal sealed class ImportReport(long first)
{
    public long Imported { get; set; }

    public long Skipped { get; set; }

    public List<Refusal> Refusals { get; } = [];

    public void Refuse(int index, string reason) => Refusals.Add(new Refusal(first + index, reason));
}
