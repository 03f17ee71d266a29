using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Kith.Client.Transport;
using Kith.Client.Wire;

namespace Kith.Client.Threads;

/// <summary>One state at its place, whether of a thread or of a workflow.</summary>
internal sealed class StateStore(Pipeline pipeline, string path)
{
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

    public async Task<ConversationState> PutAsync(JsonObject data, string? schemaVersion, string? workflowName, string? etag, bool mustBeNew, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        var call = Call.Put(path, new StateWrite(data, workflowName, schemaVersion), ThreadsJson.Default.StateWrite) with { IfMatch = etag, IfNoneMatch = mustBeNew };
        return Read(await pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    public async Task<ConversationState> MergeAsync(JsonObject members, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(members);
        var call = Call.Patch(path, new StateWrite(members, null, null), ThreadsJson.Default.StateWrite);
        return Read(await pipeline.SendAsync(call, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Reads, changes and writes, as often as somebody else writes in between: no change is lost.</summary>
    public async Task<ConversationState> UpdateAsync(Func<ConversationState?, ConversationState?> change, string? workflowName, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await FindAsync(cancellationToken).ConfigureAwait(false);
            if (change(read) is not { } changed)
                return read ?? throw new KithNotFoundException("There is no state.");
            try
            {
                return await PutAsync(changed.Data, changed.SchemaVersion, workflowName ?? changed.WorkflowName, read?.ETag, read is null, cancellationToken).ConfigureAwait(false);
            }
            catch (KithStaleException)
            {
                // Somebody else was first: what they wrote is what is changed now.
            }
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
