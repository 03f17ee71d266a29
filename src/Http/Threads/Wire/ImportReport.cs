using System.Text.Json.Serialization;

namespace Kith.Http.Threads.Wire;

/// <summary>What became of each document.</summary>
/// <param name="Skipped">Those whose id is taken.</param>
internal sealed record ImportReport(IReadOnlyList<string> Imported, IReadOnlyList<ImportReport.Refusal> Skipped, IReadOnlyList<ImportReport.Refusal> Failed)
{
    /// <param name="Index">The place in the array, from 0.</param>
    /// <param name="ThreadId">Where the document names one.</param>
    internal sealed record Refusal(int Index, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ThreadId, string Reason);
}
