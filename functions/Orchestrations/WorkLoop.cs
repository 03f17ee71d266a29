using Kith.Core.Work;
using Kith.Functions.Activities;
using Microsoft.DurableTask;

namespace Kith.Functions.Orchestrations;

/// <summary>
/// Works at one place until nothing is due: plans, runs the planned steps side by side, plans again. It ends only when a plan was empty and no hint came since
/// that plan was asked for. It is replayed, so it uses nothing but its context.
/// </summary>
internal static class WorkLoop
{
    /// <summary>The event of a hint that comes while the loop runs.</summary>
    public const string Wake = "Wake";

    /// <summary>Plans before the history, which is read again and again, starts over.</summary>
    public const int Rounds = 20;

    public static async Task RunAsync(TaskOrchestrationContext context)
    {
        var place = context.GetInput<string>()!;
        var woken = context.WaitForExternalEvent<string>(Wake);
        for (var round = 0; round < Rounds; round++)
        {
            // The plan that follows sees what these hints are about.
            while (woken.IsCompleted)
                woken = context.WaitForExternalEvent<string>(Wake);

            var steps = await context.CallActivityAsync<string[]>(nameof(Plan), place, Retries.OfStore);
            if (steps.Length == 0 && !woken.IsCompleted)
                return;
            // A step that no retry helped stops the loop; its work stays due, and the sweep begins anew.
            await Task.WhenAll(steps.Select(step => RunAsync(context, step)));
        }

        context.ContinueAsNew(place);
    }

    private static Task RunAsync(TaskOrchestrationContext context, string step)
    {
        var activity = StepNames.ActivityOf(WorkText.Step(step));
        return context.CallActivityAsync(activity, step, Retries.Of(activity));
    }
}
