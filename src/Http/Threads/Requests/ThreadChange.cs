using System.Text.Json;
using Kith.Core.Threads;
using Kith.Http.Schema;
using Kith.Http.Threads.Wire;

namespace Kith.Http.Threads.Requests;

/// <summary>What is left out stays as it is.</summary>
/// <param name="InitialContext">Members to set, one level deep.</param>
internal sealed record ThreadChange(JsonElement? InitialContext = null, string? WorkflowName = null, double? TtlHours = null, int? MaxMessages = null)
{
    public static ThreadChange? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.May("initialContext").FreeObject(),
        fields.May("workflowName").Text(1, ThreadCreate.WorkflowCharacters),
        WorkspaceSettings.ReadTtl(fields.May("ttlHours")),
        WorkspaceSettings.ReadMaxMessages(fields.May("maxMessages")));

    public ThreadUpdate ToUpdate() => new(InitialContext, WorkflowName, TtlHours, MaxMessages);
}
