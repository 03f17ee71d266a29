using Kith.Functions.Activities;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>How often activities are tried before their orchestration gives way to the sweep. What cannot succeed never comes here: the activity records it.</summary>
internal static class Retries
{
    /// <summary>A store that does not answer for a moment: about a minute.</summary>
    private static readonly RetryPolicy _store = Policy(attempts: 6, first: TimeSpan.FromSeconds(2), longest: TimeSpan.FromSeconds(30));

    /// <summary>Models and agents that are throttled or away for longer: about ten minutes.</summary>
    private static readonly RetryPolicy _models = Policy(attempts: 8, first: TimeSpan.FromSeconds(5), longest: TimeSpan.FromMinutes(3));

    public static readonly TaskOptions OfStore = TaskOptions.FromRetryPolicy(_store);

    private static readonly TaskOptions _ofModels = TaskOptions.FromRetryPolicy(_models);

    public static TaskOptions Of(string activity) => IsOfModels(activity) ? _ofModels : OfStore;

    /// <summary>The pause that follows when an activity has failed for so long: each is twice the one before, so that it is all of them and the first once more.</summary>
    public static TimeSpan Pause(string activity, TimeSpan failing)
    {
        var policy = IsOfModels(activity) ? _models : _store;
        var next = policy.FirstRetryInterval + failing;
        return next < policy.MaxRetryInterval ? next : policy.MaxRetryInterval;
    }

    private static bool IsOfModels(string activity) => activity is nameof(Derive) or nameof(Summarise) or nameof(Consolidate) or nameof(Activities.Index) or nameof(Reply) or nameof(Rebuild);

    private static RetryPolicy Policy(int attempts, TimeSpan first, TimeSpan longest) => new(attempts, first, backoffCoefficient: 2, maxRetryInterval: longest);
}
