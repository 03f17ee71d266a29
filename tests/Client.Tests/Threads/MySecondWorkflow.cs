using System.Text.Json.Nodes;
using Kith.Client.Threads;

namespace Kith.Client.Tests.Threads;

/// <summary><see cref="MyWorkflow"/> after its state has changed its shape: it goes on with threads of before.</summary>
internal sealed class MySecondWorkflow(ConversationMemory memory) : Workflow<MySecondState>("myworkflow", memory, StateJson.Default.MySecondState)
{
    protected override string SchemaVersion => "2.0";

    protected override StateMigrator? Migrator { get; } = new StateMigrator().AddMigration("1.0", "2.0", MigrateStateV1ToV2);

    public static JsonObject MigrateStateV1ToV2(JsonObject data)
    {
        data["confidence"] ??= "exploring";
        if (data["findings"] is JsonArray all)
            data["findings"] = new JsonObject { ["all"] = all.DeepClone(), ["high_priority"] = new JsonArray(), ["medium_priority"] = new JsonArray(), ["low_priority"] = new JsonArray() };
        return data;
    }

    protected override MySecondState CreateState() => new();

    protected override Task<WorkflowResult> ExecuteAsync(WorkflowTurn<MySecondState> turn, CancellationToken cancellationToken)
    {
        turn.State.Findings["high_priority"].Add(turn.Prompt);
        return Task.FromResult(new WorkflowResult($"{turn.State.Confidence}: {turn.State.Findings["all"].Count} findings of before"));
    }
}
