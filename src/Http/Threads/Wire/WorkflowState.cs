using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Wire;

internal sealed record WorkflowState(string WorkflowName, JsonElement Data, string SchemaVersion, string CreatedAt, string UpdatedAt)
{
    public static WorkflowState Of(Core.Threads.WorkflowState state) =>
        new(state.WorkflowName, state.Data, state.SchemaVersion, Moment.Format(state.CreatedAt), Moment.Format(state.UpdatedAt));
}
