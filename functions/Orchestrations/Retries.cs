using Kith.Functions.Activities;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>How often activities are tried before their orchestration gives way to the sweep. What cannot succeed never comes here: the activity records it.</summary>
internal static class Retries
{
    /// <summary>A store that does not answer for a moment: about a minute.</summary>
    public static readonly TaskOptions OfStore = Options(attempts: 6, first: TimeSpan.FromSeconds(2), longest: TimeSpan.FromSeconds(30));

    /// <summary>Models and agents that are throttled or away for longer: about ten minutes.</summary>
    public static readonly TaskOptions OfModels = Options(attempts: 8, first: TimeSpan.FromSeconds(5), longest: TimeSpan.FromMinutes(3));

    public static TaskOptions Of(string activity) => activity is nameof(Derive) or nameof(Summarise) or nameof(Consolidate) or nameof(Activities.Index) or nameof(Reply) or nameof(Rebuild)
        ? OfModels
        : OfStore;

    private static TaskOptions Options(int attempts, TimeSpan first, TimeSpan longest) =>
        TaskOptions.FromRetryPolicy(new RetryPolicy(attempts, first, backoffCoefficient: 2, maxRetryInterval: longest));
}
