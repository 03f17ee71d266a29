using System.Text.Json;
using Kith.Core.Threads;
using Kith.Http.Schema;
using Kith.Http.Threads.Wire;

namespace Kith.Http.Threads.Requests;

internal sealed record ThreadCreate(
    string WorkflowName,
    string? ThreadId = null,
    JsonElement? InitialContext = null,
    string? ParentThreadId = null,
    string? BranchPoint = null,
    double? TtlHours = null,
    int? MaxMessages = null,
    string? UserPeer = null,
    string? AssistantPeer = null,
    string? SystemPeer = null)
{
    public const int WorkflowCharacters = 512;

    public static ThreadCreate? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Needs("workflowName").Text(1, WorkflowCharacters)!,
        ReadId(fields.May("threadId")),
        fields.May("initialContext").FreeObject(),
        fields.May("parentThreadId").Text(1),
        fields.May("branchPoint").Text(1),
        WorkspaceSettings.ReadTtl(fields.May("ttlHours")),
        WorkspaceSettings.ReadMaxMessages(fields.May("maxMessages")),
        fields.May("userPeer").Name(),
        fields.May("assistantPeer").Name(),
        fields.May("systemPeer").Name());

    private static string? ReadId(Input id) =>
        id.Text() is not { } text ? null : ThreadIds.IsValid(text) ? text : id.Break<string>($"Thread ids have {ThreadIds.Rule}");

    public NewThread ToThread() => new(WorkflowName)
    {
        Id = ThreadId,
        InitialContext = InitialContext,
        ParentThreadId = ParentThreadId,
        BranchPoint = BranchPoint,
        TtlHours = TtlHours,
        MaxMessages = MaxMessages,
        UserPeer = UserPeer,
        AssistantPeer = AssistantPeer,
        SystemPeer = SystemPeer,
    };
}
