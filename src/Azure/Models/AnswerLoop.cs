using System.Text;
using System.Threading.Channels;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using Kith.Core.Usage;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>
/// One answer: what memory brings up for the question goes to the model, which answers or searches on. The turn that ends the loop is the answer and is
/// streamed as it is made; nothing is generated twice.
/// </summary>
internal sealed class AnswerLoop(ChatModel model, Question question, MemoryTools tools, Effort effort, ChannelWriter<AnswerPart> parts, TimeProvider time)
{
    /// <summary>Of a remark before a search ("Let me look that up").</summary>
    private const int RemarkCharacters = 160;

    private const int MostBlockCharacters = 40_000;

    /// <summary>What searches may bring in all, about 30,000 tokens; the original caps the whole input at 100,000 (spec honcho-engine §7.2).</summary>
    private const int MostFoundCharacters = 120_000;

    /// <summary>A stream that is cut before anything was shown is begun again. Calls that never began are repeated by the connection.</summary>
    private const int Attempts = 2;

    private const string Explicit = "explicit";
    private const string Unfinished = " …";

    private readonly Sources _sources = new();
    private readonly AnswerText _text = new(parts);
    private readonly long _started = time.GetTimestamp();

    /// <exception cref="KithException">Unavailable, or invalid when the model refuses.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(effort.Deadline, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            var opening = await OpenAsync(either.Token);
            if (IsNothingKnown || !await ConverseAsync(opening, either.Token))
                await QuoteAsync(cancellationToken);
            else
                Close();
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Out of time: what there is by now is the answer.
            if (_text.HasBegun)
            {
                _text.Append(Unfinished);
                Close();
            }
            else
            {
                await QuoteAsync(cancellationToken);
            }
        }
    }

    private bool IsNothingKnown => _sources.AreEmpty && question.PeerCard.Count == 0 && question.History.Count == 0;

    private bool IsHalfOver => time.GetElapsedTime(_started) > effort.Deadline / 2;

    /// <summary>Prefetches, and writes the first user message. Stated and derived conclusions are counted apart, so that neither crowds out the other.</summary>
    private async Task<string> OpenAsync(CancellationToken cancellationToken)
    {
        var remembering = tools.SearchMemoryAsync(question.Text, effort.Prefetched * 2, cancellationToken);
        var searching = tools.SearchMessagesAsync(question.Text, effort.Messages, cancellationToken);
        await Task.WhenAll(remembering, searching);
        var (conclusions, messages) = (await remembering, await searching);
        var shown = conclusions.Where(conclusion => conclusion.Level == Explicit).Take(effort.Prefetched)
            .Concat(conclusions.Where(conclusion => conclusion.Level != Explicit).Take(effort.Prefetched));

        var text = new StringBuilder()
            .Append(question.Observer is { } observer ? $"Asked by: {observer}\n" : "")
            .Append(question.Observed is { } observed ? $"About: {observed}\n" : "About: everybody\n")
            .Append("Now: ").Append(DataBlock.Time(time.GetUtcNow())).Append('\n');
        text.AppendBlock("card", question.PeerCard.Select(line => new TextLine(line)), ModelJson.Plain.TextLine, MostBlockCharacters);
        text.AppendBlock("history", question.History.Select(turn => turn.Line()), ModelJson.Plain.TurnLine);
        text.AppendBlock("conclusions", shown.Select(_sources.Show), ModelJson.Plain.ConclusionLine, MostBlockCharacters);
        text.AppendBlock("messages", messages.Select(_sources.Show), ModelJson.Plain.MessageLine, MostBlockCharacters);
        return text.Append("Question:\n").Append(question.Text).ToString();
    }

    /// <returns>Whether the model gave an answer.</returns>
    private async Task<bool> ConverseAsync(string opening, CancellationToken cancellationToken)
    {
        List<ChatMessage> messages = [ChatMessage.CreateSystemMessage(Prompts.Answer), ChatMessage.CreateUserMessage(opening)];
        var toolset = new Toolset(tools, _sources, effort.SearchesOnly);
        for (var round = 0; round < effort.Rounds && !IsHalfOver && toolset.FoundCharacters < MostFoundCharacters; round++)
        {
            var reply = await TurnAsync(messages, toolset.Definitions, cancellationToken);
            if (reply.ToolCalls.Count == 0)
            {
                if (!string.IsNullOrWhiteSpace(reply.Text))
                    return await AcceptAsync(reply, messages, cancellationToken);
                break;
            }

            messages.Add(ChatMessage.CreateAssistantMessage(reply.ToolCalls));
            messages.AddRange(await toolset.RunAsync(reply.ToolCalls, cancellationToken));
        }

        messages.Add(ChatMessage.CreateUserMessage(Prompts.Nudge));
        return await AcceptAsync(await TurnAsync(messages, [], cancellationToken), messages, cancellationToken);
    }

    private async Task<bool> AcceptAsync(ChatReply reply, List<ChatMessage> messages, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(reply.Text))
            return false;
        if (question.ResponseFormat is null)
            return true;

        if (JsonText.Object(reply.Text) is not { } json)
        {
            messages.Add(ChatMessage.CreateAssistantMessage(reply.Text));
            messages.Add(ChatMessage.CreateUserMessage(Prompts.Repair("it is not the JSON asked for")));
            json = JsonText.Object((await TurnAsync(messages, [], cancellationToken)).Text);
        }

        if (json is null)
            return false;
        parts.TryWrite(new AnswerPart.Text(json));
        return true;
    }

    private async Task<ChatReply> TurnAsync(List<ChatMessage> messages, IReadOnlyList<ChatTool> offered, CancellationToken cancellationToken)
    {
        // JSON is of no use before it is whole, and has to be checked.
        var isText = question.ResponseFormat is null;
        var call = new ChatCall(Purposes.Chat, question.Workspace, messages) { Tools = offered, MaxOutputTokens = effort.OutputTokens, Format = Format() };
        var started = false;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await model.StreamAsync(call, Start, isText ? _text.Append : _ => { }, cancellationToken);
            }
            catch (KithException cut) when (cut.Code == ErrorCode.Unavailable && started && !_text.HasBegun && attempt < Attempts)
            {
            }
        }

        void Start()
        {
            started = true;
            _text.BeginTurn(offered.Count > 0 ? RemarkCharacters : 0);
        }
    }

    private ChatResponseFormat? Format() => question.ResponseFormat is { } schema
        ? ChatResponseFormat.CreateJsonSchemaFormat("answer", BinaryData.FromString(schema.GetRawText()), jsonSchemaIsStrict: StrictSchema.Admits(schema))
        : null;

    private void Close()
    {
        _text.Finish();
        parts.TryWrite(_sources.Grounds(_text.Labels));
    }

    /// <summary>Without the model: quotes what has been found, or says that nothing is known.</summary>
    private async Task QuoteAsync(CancellationToken cancellationToken)
    {
        var shown = new Found(_sources.Conclusions, [_sources.Messages]);
        var found = new MemoryTools((_, _) => Task.FromResult(shown));
        await foreach (var part in new ExtractiveReasoner(text => Tokenizer.Count(text)).AnswerAsync(question, found, cancellationToken))
            parts.TryWrite(part);
    }
}
