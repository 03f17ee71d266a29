using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record ConclusionBatch(IReadOnlyList<ConclusionCreate> Conclusions)
{
    internal const int ConclusionsPerCall = 100;

    public static ConclusionBatch? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Required("conclusions", "observations").List(ConclusionCreate.Read, 1, ConclusionsPerCall)!);
}
