using System.Text.Json;
using Kith.Core;
using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Requests;

/// <param name="Role"><c>user</c>, <c>assistant</c> or <c>system</c>.</param>
internal sealed record ThreadMessageCreate(
    string Role,
    string Content,
    IReadOnlyList<string>? Files = null,
    string? WorkflowName = null,
    string? ModelProvider = null,
    string? ModelName = null,
    JsonElement? Metadata = null,
    Moment? Timestamp = null,
    string? ClientId = null)
{
    public static ThreadMessageCreate? Read(Input message) => message.Object() is not { } fields ? null : new(
        fields.Needs("role").OneOf("literal_error", Roles.All)!,
        fields.Needs("content").Text(min: 1)!,
        fields.May("files").List(file => file.Text(1)),
        fields.May("workflowName").Text(),
        fields.May("modelProvider").Text(),
        fields.May("modelName").Text(),
        fields.May("metadata").FreeObject(),
        fields.May("timestamp").Time(),
        fields.May("clientId").Text(min: 1, max: Limits.ClientIdCharacters));

    public NewThreadMessage ToMessage() => new(Role, Content)
    {
        Fields = new ThreadFields(Files, WorkflowName, ModelProvider, ModelName),
        Metadata = Metadata,
        Timestamp = Timestamp?.Instant,
        ClientId = ClientId,
    };
}
