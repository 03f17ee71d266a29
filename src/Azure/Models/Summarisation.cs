using System.Text;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using Kith.Core.Usage;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>Summaries that keep to their limit: asked for by words, counted, sent back once, then cut after a sentence.</summary>
internal sealed class Summarisation(ChatModel model, TimeSpan deadline)
{
    /// <summary>A token is less than a word in every language; the share leaves room for a model that counts badly.</summary>
    private const double WordsPerToken = 0.6;

    /// <summary>For models that think before they write.</summary>
    private const int ThinkingTokens = 8_192;

    public async Task<string?> RunAsync(SummaryRequest request, CancellationToken cancellationToken)
    {
        if (request.Turns.Count + request.Parts.Count == 0 || request.MaxTokens <= 0)
            return null;

        List<ChatMessage> messages = [ChatMessage.CreateSystemMessage(Prompts.Summary), ChatMessage.CreateUserMessage(Input(request))];
        var first = await AskAsync();
        if (Fits(first))
            return first;

        // An empty one is no summary: the window would count as summarised and be lost.
        if (first.Length > 0)
            messages.Add(ChatMessage.CreateAssistantMessage(first));
        messages.Add(ChatMessage.CreateUserMessage(Prompts.Shorten(Tokenizer.Count(first), request.MaxTokens, Words(request.MaxTokens) * 3 / 4)));
        var second = await AskAsync();
        if (Fits(second))
            return second;
        var text = second.Length > 0 ? second : first;
        return text.Length > 0 ? Cut(text, request.MaxTokens) : throw new KithException(ErrorCode.Invalid, $"The model {model.Name} gave no summary, also when asked again");

        async Task<string> AskAsync()
        {
            var call = new ChatCall(Purposes.Summary, request.Workspace, [.. messages]) { MaxOutputTokens = request.MaxTokens * 2 + ThinkingTokens };
            return (await model.CompleteAsync(call, deadline, cancellationToken)).Text.Trim();
        }

        bool Fits(string text) => text.Length > 0 && Tokenizer.Count(text) <= request.MaxTokens;
    }

    /// <summary>The longest beginning that fits and ends with a sentence; without one, with a word.</summary>
    internal static string Cut(string text, int maxTokens)
    {
        var fitting = Tokenizer.Truncate(text, maxTokens);
        if (fitting.Length == text.Length)
            return text;
        for (var end = fitting.Length - 1; end > 0; end--)
        {
            if (EndsSentence(text, end))
                return fitting[..(end + 1)].TrimEnd();
        }

        return fitting.LastIndexOf(' ') is > 0 and var word ? fitting[..word] : fitting;
    }

    /// <summary>"3.5" goes on after the point, and Chinese has no space after a sentence.</summary>
    private static bool EndsSentence(string text, int position) => text[position] switch
    {
        '\n' or '。' or '！' or '？' => true,
        '.' or '!' or '?' or '…' or '।' or '؟' => position + 1 == text.Length || char.IsWhiteSpace(text[position + 1]),
        _ => false,
    };

    private static int Words(int tokens) => Math.Max(1, (int)(tokens * WordsPerToken));

    private static string Input(SummaryRequest request)
    {
        var text = new StringBuilder();
        if (!string.IsNullOrWhiteSpace(request.Previous))
            text.AppendBlock("summary", [new TextLine(request.Previous)], ModelJson.Plain.TextLine);
        if (request.Parts.Count > 0)
            text.AppendBlock("parts", request.Parts.Select(part => new TextLine(part)), ModelJson.Plain.TextLine);
        if (request.Turns.Count > 0)
            text.AppendBlock("turns", request.Turns.Select(turn => turn.Line()), ModelJson.Plain.TurnLine);
        return text.Append("At most ").Append(Words(request.MaxTokens)).Append(" words.").ToString();
    }
}
