using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Threads;

/// <summary>One state at its place, whether of a thread or of a workflow.</summary>
internal sealed class StateStore(Pipeline pipeline, string path)
{
    private const int MostAttempts = 20;

    public async Task<ConversationState?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return Read(await pipeline.SendAsync(Call.Get(path), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception missing) when (missing is KithNotFoundException or KithExpiredException)
        {
            return null;
        }
    }

    public async Task<ConversationState> PutAsync(JsonObject data, string? schemaVersion, string? etag, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var isNew = etag is ConversationState.None;
        var call = Call.Put(path, new StateWrite(data, null, schemaVersion), ThreadsJson.Default.StateWrite) with
        {
            IfMatch = isNew ? null : etag,
            IfNoneMatch = isNew,
            // Repeated, it would be refused because of itself.
            NeedsKey = etag is not null,
        };
        return Read(await pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    public async Task<ConversationState> MergeAsync(JsonObject members, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(members);
        var call = Call.Patch(path, new StateWrite(members, null, null), ThreadsJson.Default.StateWrite);
        return Read(await pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>
    /// Reads, changes and writes, again where somebody else writes in between: no change is lost. Where the change is null nothing is written, and what was read is returned.
    /// </summary>
    /// <exception cref="KithStaleException">Somebody else was faster each time.</exception>
    public static async Task<ConversationState?> UpdateAsync(
        Func<Task<ConversationState?>> read,
        Func<ConversationState, string, Task<ConversationState>> write,
        Func<ConversationState?, ConversationState?> change,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            var found = await read().ConfigureAwait(false);
            if (change(found) is not { } changed)
                return found;
            try
            {
                return await write(changed, found?.ETag ?? ConversationState.None).ConfigureAwait(false);
            }
            catch (KithStaleException) when (attempt < MostAttempts)
            {
                // Somebody else was first: what they wrote is what is changed now.
            }

            await Task.Delay(Backoff.Contention(attempt), time, cancellationToken).ConfigureAwait(false);
        }
    }

    public static JsonObject ToData<T>(T data, JsonTypeInfo<T> type) =>
        JsonSerializer.SerializeToNode(data, type) as JsonObject ?? throw new ArgumentException($"A state is an object, which {typeof(T).Name} is not.", nameof(type));

    public static T? FromData<T>(ConversationState? state, JsonTypeInfo<T> type)
    {
        try
        {
            return state is null ? default : state.Data.Deserialize(type);
        }
        catch (JsonException otherwise)
        {
            throw new KithException($"The state of {state!.WorkflowName}, version {state.SchemaVersion}, has not the shape of {typeof(T).Name}: {otherwise.Message}", otherwise);
        }
    }

    private static ConversationState Read(Reply reply) => reply.Read(ThreadsJson.Default.ConversationState) with { ETag = reply.ETag };
}
