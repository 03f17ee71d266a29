using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Kith.Client.Models;
using Kith.Client.Wire;

namespace Kith.Client.Transport;

/// <summary>Questions, answered at once, word by word, or in a shape.</summary>
internal static class Chats
{
    private static readonly JsonSchemaExporterOptions Strict = new() { TreatNullObliviousAsNonNullable = true };

    public static async Task<ChatAnswer> AskAsync(Pipeline pipeline, string path, Chat question, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question.Query, "query");
        var reply = await pipeline.SendAsync(Call.Post(path, question, HonchoJson.Default.Chat), cancellationToken).ConfigureAwait(false);
        var answer = reply.Read(HonchoJson.Default.AnswerRow);
        return new ChatAnswer
        {
            Content = answer.Content,
            Evidence = answer.Evidence,
            Reasoner = reply.Header("X-Kith-Reasoner"),
            IsDegraded = reply.Header("X-Kith-Degraded") is not null,
        };
    }

    public static async Task<T?> AskAsync<T>(Pipeline pipeline, string path, string query, ChatOptions? options, JsonTypeInfo<T> shape, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var answer = await AskAsync(pipeline, path, Chat.Of(query, options, responseFormat: SchemaOf(shape)), cancellationToken).ConfigureAwait(false);
        try
        {
            return answer.Content is null ? default : JsonSerializer.Deserialize(answer.Content, shape);
        }
        catch (JsonException otherwise)
        {
            throw new KithException($"The answer has not the shape of {typeof(T).Name}: {otherwise.Message}", otherwise);
        }
    }

    public static IAsyncEnumerable<ChatPart> StreamAsync(Pipeline pipeline, string path, Chat question, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(question.Query, "query");
        return StreamAsync(pipeline, Call.Post(path, question, HonchoJson.Default.Chat), cancellationToken);
    }

    private static async IAsyncEnumerable<ChatPart> StreamAsync(Pipeline pipeline, Call call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var item in ServerEvents.ReadAsync(pipeline, call, cancellationToken).ConfigureAwait(false))
        {
            if (PartOf(item) is not { } part)
                continue;
            if (part.Delta?.Content is { Length: > 0 } content)
                yield return new ChatPart { Content = content };
            if (!part.Done)
                continue;
            yield return new ChatPart { IsLast = true, Evidence = part.Evidence };
            yield break;
        }

        // The protocol has no event for what goes wrong: a stream that just ends is an answer that broke off.
        throw new KithConnectionException("The stream ended before the answer did.");
    }

    /// <summary>Lines that are no event are none of ours: Honcho's own clients skip them too, and proxies put theirs in. An answer that lacks its end is noticed.</summary>
    private static PartRow? PartOf(SseItem<string> item)
    {
        if (item.Data is "[DONE]")
            return new PartRow(null, Done: true, null);
        try
        {
            return JsonSerializer.Deserialize(item.Data, HonchoJson.Default.PartRow);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonNode SchemaOf<T>(JsonTypeInfo<T> shape) => shape.GetJsonSchemaAsNode(Strict);
}
