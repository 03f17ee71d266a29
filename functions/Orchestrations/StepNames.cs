using Kith.Core.Storage;
using Kith.Core.Work;
using Kith.Functions.Activities;

namespace Kith.Functions.Orchestrations;

/// <summary>Which functions work at a place: names for whoever watches them; they all do the same by what the store says.</summary>
internal static class StepNames
{
    public static string ActivityOf(WorkStep step) => step switch
    {
        WorkStep.Index or WorkStep.IndexConclusions => nameof(Activities.Index),
        WorkStep.Derive or WorkStep.Edit => nameof(Derive),
        WorkStep.Summarise => nameof(Summarise),
        WorkStep.Consolidate => nameof(Consolidate),
        WorkStep.Rebuild or WorkStep.Reembed => nameof(Rebuild),
        WorkStep.Reply => nameof(Reply),
        WorkStep.Erase or WorkStep.PurgeSession or WorkStep.PurgeWorkspace or WorkStep.ExpireThread => nameof(Erase),
        WorkStep.Import => nameof(Import),
        _ => nameof(Settle),
    };

    public static string OrchestrationOf(Partition place, IReadOnlyList<WorkStep> steps) => (place.Container, ActivityOf(steps[0])) switch
    {
        (_, nameof(Erase)) => nameof(EraseOrchestration),
        (Container.Conversations, _) => nameof(SessionOrchestration),
        (Container.Memory, _) => nameof(DreamOrchestration),
        (_, nameof(Rebuild)) => nameof(RebuildOrchestration),
        (_, nameof(Reply)) => nameof(ReplyOrchestration),
        (_, nameof(Import)) => nameof(ImportOrchestration),
        _ => nameof(DirectoryOrchestration),
    };
}
