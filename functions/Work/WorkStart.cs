using System.Security.Cryptography;
using System.Text;
using Kith.Core;
using Kith.Core.Storage;
using Kith.Core.Work;
using Kith.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Kith.Functions.Work;

/// <summary>Has one orchestration work at a place: starts it, or wakes the one that runs. A finished one of the same id is started anew, a running one never.</summary>
public sealed class WorkStart(KithEngine engine)
{
    private const int Attempts = 4;
    private const string Base32 = "abcdefghijklmnopqrstuvwxyz234567";

    private static readonly OrchestrationRuntimeStatus[] Running =
        [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended];

    /// <summary>Throws when it can do neither, so that the queue delivers the hint again.</summary>
    public async Task StartOrWakeAsync(DurableTaskClient client, string hint, CancellationToken cancellationToken)
    {
        var place = WorkText.Place(hint);
        for (var attempt = 1; !await TryAsync(client, place, attempt, cancellationToken); attempt++)
        {
            if (attempt == Attempts)
                throw new KithException(ErrorCode.Unavailable, $"The work of {InstanceOf(place)} can neither be started nor woken");
        }
    }

    /// <summary>Kind of place and its names, hashed: ids of instances are short and hold few characters, names are neither.</summary>
    public static string InstanceOf(Partition place)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(WorkText.Of(place)));
        var id = new StringBuilder($"{place.Container.ToString().ToLowerInvariant()}-");
        for (var bit = 0; bit < hash.Length * 8; bit += 5)
        {
            var pair = (hash[bit / 8] << 8) | (bit / 8 + 1 < hash.Length ? hash[bit / 8 + 1] : 0);
            id.Append(Base32[(pair >> (11 - bit % 8)) & 31]);
        }

        return id.ToString();
    }

    /// <summary>False when the instance changed under the call: somebody else started it, or it ended before it could be woken.</summary>
    private async Task<bool> TryAsync(DurableTaskClient client, Partition place, int attempt, CancellationToken cancellationToken)
    {
        var id = InstanceOf(place);
        try
        {
            if (await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false })
            {
                await client.RaiseEventAsync(id, WorkLoop.Wake, WorkText.Of(place), cancellationToken);
                return await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false };
            }

            var steps = await engine.Planner.PlanAsync(place, cancellationToken);
            if (steps.Count == 0)
                return true;
            var options = new StartOrchestrationOptions(id).WithDedupeStatuses(Running);
            await client.ScheduleNewOrchestrationInstanceAsync(StepNames.OrchestrationOf(place, steps), WorkText.Of(place), options, cancellationToken);
            return true;
        }
        catch (Exception) when (attempt < Attempts && !cancellationToken.IsCancellationRequested)
        {
            // The edge of the queue: what an instance that changed meanwhile throws differs by backend, and another look tells.
            return false;
        }
    }
}
