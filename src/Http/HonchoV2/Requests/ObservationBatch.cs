using Kith.Http.Honcho.Requests;
using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Requests;

/// <summary>As <see cref="ConclusionBatch"/>, but each must name its session.</summary>
internal sealed record ObservationBatch(IReadOnlyList<ConclusionCreate> Observations)
{
    public static ObservationBatch? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Required("observations", "conclusions").List(ReadOne, 1, ConclusionBatch.ConclusionsPerCall)!);

    private static ConclusionCreate? ReadOne(Input observation)
    {
        if (observation.Object() is not { } fields)
            return null;
        fields.Required("session_id").Text();
        return ConclusionCreate.Read(observation);
    }
}
