using Kith.Core;
using Kith.Core.Work;
using Microsoft.Azure.Functions.Worker;

namespace Kith.Functions.Activities;

/// <summary>The steps that are due at a place, as texts.</summary>
public sealed class Plan(KithEngine engine)
{
    [Function(nameof(Plan))]
    public async Task<string[]> RunAsync([ActivityTrigger] string place, CancellationToken cancellationToken) =>
        [.. (await engine.Planner.PlanAsync(WorkText.Place(place), cancellationToken)).Select(WorkText.Of)];
}
