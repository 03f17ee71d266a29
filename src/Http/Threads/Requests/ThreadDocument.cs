using System.Text.Json;
using Kith.Core.Threads;
using Kith.Http.Schema;

namespace Kith.Http.Threads.Requests;

/// <summary>A thread as upstream's files hold it (spec modelchorus §2), or as this door shows it with messages and state.</summary>
/// <param name="State">A whole state with its version, or just its data.</param>
internal sealed record ThreadDocument(
    ThreadCreate Thread,
    IReadOnlyList<ThreadMessageCreate> Messages,
    Moment CreatedAt,
    Moment LastUpdatedAt,
    string? Status = null,
    StateWrite? State = null)
{
    private static readonly string[] Statuses = ["active", "completed", "archived"];

    public static ThreadDocument? Read(Input document)
    {
        if (document.Object() is not { } fields || ThreadCreate.Read(document) is not { } thread)
            return null;
        // An id may be left out of a new thread, but not of one that has a past.
        fields.Needs("threadId").Text(1);
        return new ThreadDocument(
            thread,
            fields.May("messages").List(ThreadMessageCreate.Read) ?? [],
            fields.Needs("createdAt").Time()!,
            fields.Needs("lastUpdatedAt").Time()!,
            fields.May("status").OneOf("literal_error", Statuses),
            ReadState(fields.May("state")));
    }

    public ImportedThread ToImport() => new(Thread.ToThread(), [.. Messages.Select(message => message.ToMessage())], CreatedAt.Instant, LastUpdatedAt.Instant)
    {
        Status = Status is null ? ThreadStatus.Active : (ThreadStatus)Array.IndexOf(Statuses, Status),
        State = State?.ToChange(merges: false),
    };

    /// <summary>Upstream's threads keep plain data, empty when there are none.</summary>
    private static StateWrite? ReadState(Input state)
    {
        if (state.FreeObject() is not { } data)
            return null;
        var isWhole = data.TryGetProperty("data", out var inner) && inner.ValueKind == JsonValueKind.Object
            && (data.TryGetProperty("schema_version", out _) || data.TryGetProperty("schemaVersion", out _));
        return isWhole ? StateWrite.Read(state) : data.EnumerateObject().Any() ? new StateWrite(data) : null;
    }
}
