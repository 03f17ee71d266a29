using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Kith.Core;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>Answers of one JSON shape. What does not have it is sent back once; after that the call has failed.</summary>
internal sealed class StructuredOutput<T>(ChatModel model, string name, string schema, JsonTypeInfo<T> type)
{
    private readonly ChatResponseFormat _format = ChatResponseFormat.CreateJsonSchemaFormat(name, BinaryData.FromString(schema), jsonSchemaIsStrict: true);

    /// <exception cref="KithException">Unavailable; invalid when the model refuses or cannot keep to the shape.</exception>
    public async Task<T> AskAsync(ChatCall call, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var first = await model.CompleteAsync(call with { Format = _format }, deadline, cancellationToken);
        if (TryRead(first, out var value, out var reason))
            return value;

        ChatMessage[] messages = [.. call.Messages, ChatMessage.CreateAssistantMessage(first.Text), ChatMessage.CreateUserMessage(Prompts.Repair(reason))];
        var second = await model.CompleteAsync(call with { Messages = messages, Format = _format }, deadline, cancellationToken);
        return TryRead(second, out value, out reason)
            ? value
            : throw new KithException(ErrorCode.Invalid, $"The model {model.Name} gave no usable output for {call.Purpose}, also when asked again: {reason}");
    }

    private bool TryRead(ChatReply reply, out T value, out string reason)
    {
        value = default!;
        reason = reply.IsCut ? "it was cut at the limit on tokens" : "it is not the JSON asked for";
        if (reply.IsCut || JsonText.Object(reply.Text) is not { } json)
            return false;
        try
        {
            if (JsonSerializer.Deserialize(json, type) is not { } read)
                return false;
            value = read;
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
