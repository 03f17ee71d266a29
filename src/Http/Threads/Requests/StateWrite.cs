using System.Text.Json;
using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Requests;

/// <param name="SchemaVersion"><c>1.0</c> when a new state names none; a change keeps it.</param>
/// <param name="CreatedAt">This and <paramref name="UpdatedAt"/> of a state that was kept elsewhere before.</param>
internal sealed record StateWrite(JsonElement Data, string? WorkflowName = null, string? SchemaVersion = null, Moment? CreatedAt = null, Moment? UpdatedAt = null)
{
    private const int NameCharacters = 128;

    public static StateWrite? Read(Input body) => body.Object() is not { } fields ? null : new(
        fields.Required("data").FreeObject() ?? default,
        fields.May("workflowName").Text(1, ThreadCreate.WorkflowCharacters),
        fields.May("schemaVersion").Text(1, NameCharacters),
        fields.May("createdAt").Time(),
        fields.May("updatedAt").Time());

    public StateChange ToChange(bool merges) => new(Data)
    {
        Merges = merges,
        WorkflowName = WorkflowName,
        SchemaVersion = SchemaVersion,
        CreatedAt = CreatedAt?.Instant,
        UpdatedAt = UpdatedAt?.Instant,
    };
}
