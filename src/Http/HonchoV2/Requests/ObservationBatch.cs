using Kith.Http.Honcho.Requests;
using Kith.Http.Schema;

namespace Kith.Http.HonchoV2.Requests;

internal sealed record ObservationBatch(IReadOnlyList<ObservationCreate> Observations)
{
    public static ObservationBatch? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Required("observations", "conclusions").List(ObservationCreate.Read, 1, ConclusionBatch.ConclusionsPerCall)!);
}
