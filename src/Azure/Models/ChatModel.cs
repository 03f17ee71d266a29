using System.Text;
using Kith.Core;
using Kith.Core.Usage;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>One chat model: whole replies and streamed ones, counted, with every fault in the core's words.</summary>
internal sealed class ChatModel(ModelOptions options, ModelUsage usage, TimeProvider time)
{
    private readonly ModelConnection _connection = new(options, time);

    public string Name { get; } = options.ChatModel ?? throw new KithException(ErrorCode.Invalid, "No chat model is set");

    /// <summary>What cannot be read is asked for once more.</summary>
    /// <exception cref="KithException">Unavailable; invalid when the model refuses or twice sent what cannot be read.</exception>
    public Task<ChatReply> CompleteAsync(ChatCall call, TimeSpan deadline, CancellationToken cancellationToken)
    {
        return _connection.CallAsync(Name, deadline, AskAsync, cancellationToken);

        async Task<ChatReply> AskAsync(CancellationToken token)
        {
            try
            {
                return await AskOnceAsync(token);
            }
            catch (Exception garbage) when (ModelFault.IsUnreadable(garbage))
            {
                await Task.Delay(options.RetryDelay, time, token);
            }

            try
            {
                return await AskOnceAsync(token);
            }
            catch (Exception garbage) when (ModelFault.IsUnreadable(garbage))
            {
                throw ModelFault.Unreadable(Name);
            }
        }

        async Task<ChatReply> AskOnceAsync(CancellationToken token)
        {
            ChatCompletion completion = await Client().CompleteChatAsync(call.Messages, call.ToOptions(), token);
            Count(call, completion.Usage);
            if (completion.Refusal is { Length: > 0 } || completion.FinishReason == ChatFinishReason.ContentFilter)
                throw ModelFault.Refused(Name);
            return new ChatReply(string.Concat(completion.Content.Select(part => part.Text)), completion.FinishReason == ChatFinishReason.Length, [.. completion.ToolCalls]);
        }
    }

    /// <param name="onStart">Called when the model begins to answer.</param>
    /// <param name="onText">Called with each piece of text as it arrives.</param>
    /// <param name="cancellationToken">Brings the deadline too: a second one here might pass first, and what was made until then would be an outage.</param>
    /// <exception cref="KithException">Unavailable, also when the stream ends before the model does; invalid when the model refuses.</exception>
    public Task<ChatReply> StreamAsync(ChatCall call, Action onStart, Action<string> onText, CancellationToken cancellationToken)
    {
        return _connection.CallAsync(Name, Timeout.InfiniteTimeSpan, ReadAsync, cancellationToken);

        async Task<ChatReply> ReadAsync(CancellationToken token)
        {
            var text = new StringBuilder();
            var tools = new SortedDictionary<int, ToolCallDraft>();
            ChatFinishReason? finish = null;
            var (started, refused) = (false, false);
            await foreach (var update in Client().CompleteChatStreamingAsync(call.Messages, call.ToOptions(), token))
            {
                if (!started)
                    onStart();
                started = true;
                foreach (var part in update.ContentUpdate)
                {
                    if (part.Text is not { Length: > 0 } piece)
                        continue;
                    text.Append(piece);
                    onText(piece);
                }

                foreach (var tool in update.ToolCallUpdates)
                    tools[tool.Index] = (tools.GetValueOrDefault(tool.Index) ?? new ToolCallDraft()).With(tool);
                finish = update.FinishReason ?? finish;
                refused |= update.RefusalUpdate is { Length: > 0 };
                if (update.Usage is { } spent)
                    Count(call, spent);
            }

            if (refused || finish == ChatFinishReason.ContentFilter)
                throw ModelFault.Refused(Name);
            if (finish is null)
                throw ModelFault.Unavailable($"The stream of the model {Name} was cut");
            return new ChatReply(text.ToString(), finish == ChatFinishReason.Length, [.. tools.Values.Select(tool => tool.ToCall())]);
        }
    }

    private ChatClient Client() => _connection.Client.GetChatClient(Name);

    private void Count(ChatCall call, ChatTokenUsage? spent)
    {
        usage.Record(call.Workspace, call.Purpose, Name, spent?.InputTokenCount ?? 0, spent?.OutputTokenCount ?? 0);
        call.Spent?.Invoke(spent);
    }
}
