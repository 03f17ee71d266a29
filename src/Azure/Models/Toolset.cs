using System.Text;
using System.Text.Json;
using Kith.Core;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>The looks into memory that a model may take while it answers, in its words: short ids and dates as text (spec honcho-engine §7.4).</summary>
internal sealed class Toolset
{
    private const int MostResultCharacters = 10_000;

    /// <summary>Messages shown before and after one that a search has found.</summary>
    private const int Around = 2;

    /// <summary>Between messages that do not follow each other. No line of data looks like it.</summary>
    private const string Break = "---\n";

    private const string Query = """ "query": { "type": "string", "description": "Names and plain words" } """;
    private const string Text = """ "text": { "type": "string", "description": "Letters that the message holds, in whatever case" } """;
    private const string From = """ "from": { "type": ["string", "null"], "description": "First day (YYYY-MM-DD), month (YYYY-MM) or year; null for no beginning" } """;
    private const string To = """ "to": { "type": ["string", "null"], "description": "Last day (YYYY-MM-DD), month (YYYY-MM) or year; null for no end" } """;
    private const string Id = """ "id": { "type": "string", "description": "The id of a conclusion that you were shown, such as c2" } """;
    private const string Limit = """ "limit": { "type": ["integer", "null"], "description": "How many results; null for the usual number" } """;

    private static readonly ChatTool[] _searches =
    [
        Tool(ToolRequest.SearchMemory.Name, "Finds conclusions about the subject, best first.", Query, Limit),
        Tool(ToolRequest.SearchMessages.Name, "Finds messages by meaning, best first, with those before and after.", Query, Limit),
    ];

    private static readonly ChatTool[] _others =
    [
        Tool(ToolRequest.GrepMessages.Name, "Finds messages that hold exactly these letters: a name, a number, a code.", Text, Limit),
        Tool(ToolRequest.MessagesByDate.Name, "Lists what was said in a stretch of time, in order.", From, To, Limit),
        Tool(ToolRequest.SearchMessagesByDate.Name, "Finds messages of a stretch of time by meaning, best first.", Query, From, To, Limit),
        Tool(ToolRequest.ConclusionContext.Name, "Shows the messages that a conclusion rests on, with those before and after.", Id),
    ];

    private static readonly ChatTool _chain =
        Tool(ToolRequest.ReasoningChain.Name, "Shows what a conclusion rests on, what rests on it, what it took the place of or lost it to, and what denies it.", Id);

    private readonly MemoryTools _tools;
    private readonly Sources _sources;

    /// <param name="searchesOnly">Offers the two searches alone.</param>
    public Toolset(MemoryTools tools, Sources sources, bool searchesOnly)
    {
        _tools = tools;
        _sources = sources;
        Definitions = searchesOnly ? _searches : tools.OffersChains ? [.. _searches, .. _others, _chain] : [.. _searches, .. _others];
    }

    public IReadOnlyList<ChatTool> Definitions { get; }

    /// <summary>What all calls together have brought.</summary>
    public int FoundCharacters { get; private set; }

    /// <summary>Runs the calls of one turn at the same time.</summary>
    public async Task<IReadOnlyList<ToolChatMessage>> RunAsync(IReadOnlyList<ChatToolCall> calls, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(calls.Select(call => RunAsync(call, cancellationToken)));
        // Shown one after the other: the ids follow the order of the calls.
        var results = found.Select(result => result()).ToList();
        FoundCharacters += results.Sum(result => result.Length);
        return [.. calls.Zip(results, (call, result) => ChatMessage.CreateToolMessage(call.Id, result))];
    }

    private static ChatTool Tool(string name, string description, params string[] parameters)
    {
        var names = parameters.Select(parameter => parameter.Trim().Split(':')[0]);
        var schema = $$"""{ "type": "object", "properties": { {{string.Join(',', parameters)}} }, "required": [{{string.Join(',', names)}}], "additionalProperties": false }""";
        return ChatTool.CreateFunctionTool(name, description, BinaryData.FromString(schema), functionSchemaIsStrict: true);
    }

    private async Task<Func<string>> RunAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        if (Definitions.All(tool => tool.FunctionName != call.FunctionName))
            return () => $"There is no tool {call.FunctionName}";
        if (Read(call) is not { } request)
            return () => "The arguments have to be a JSON object with the members that the tool asks for, ids that you were shown, and dates as YYYY-MM-DD";

        var found = await _tools.RunAsync(request, cancellationToken);
        // Where nothing is concluded yet, what was said has to do.
        if (request is ToolRequest.SearchMemory { Query: var query } && found.Conclusions.Count == 0)
            found = await _tools.RunAsync(Messages(query, null), cancellationToken);
        return () => Show(found);
    }

    private ToolRequest? Read(ChatToolCall call)
    {
        ToolInput? input;
        try
        {
            input = JsonSerializer.Deserialize(call.FunctionArguments, ModelJson.Plain.ToolInput);
        }
        catch (JsonException)
        {
            return null;
        }

        return input is null || !input.TryPeriod(out var from, out var to) ? null : (call.FunctionName, input) switch
        {
            (ToolRequest.SearchMemory.Name, { Query: { } query }) when IsUsable(query) => new ToolRequest.SearchMemory(query, ToolRequest.SearchMemory.Results.Of(input.Limit)),
            (ToolRequest.SearchMessages.Name, { Query: { } query }) when IsUsable(query) => Messages(query, input.Limit),
            (ToolRequest.GrepMessages.Name, { Text: { } text }) when IsUsable(text) => new ToolRequest.GrepMessages(text, ToolRequest.GrepMessages.Results.Of(input.Limit)),
            (ToolRequest.MessagesByDate.Name, _) => new ToolRequest.MessagesByDate(from, to, ToolRequest.MessagesByDate.Results.Of(input.Limit)),
            (ToolRequest.SearchMessagesByDate.Name, { Query: { } query }) when IsUsable(query) =>
                new ToolRequest.SearchMessagesByDate(query, from, to, ToolRequest.SearchMessagesByDate.Results.Of(input.Limit)),
            (ToolRequest.ConclusionContext.Name, { Id: { } id }) when _sources.Find(id) is { } conclusion => new ToolRequest.ConclusionContext(conclusion.Id),
            (ToolRequest.ReasoningChain.Name, { Id: { } id }) when _sources.Find(id) is { } conclusion => new ToolRequest.ReasoningChain(conclusion.Id),
            _ => null,
        };
    }

    private static ToolRequest.SearchMessages Messages(string query, int? limit) => new(query, ToolRequest.SearchMessages.Results.Of(limit)) { Around = Around };

    private static bool IsUsable(string query) => !string.IsNullOrWhiteSpace(query) && !Tokenizer.Exceeds(query, Limits.EmbeddingTokens);

    private string Show(Found found)
    {
        var text = new StringBuilder();
        text.AppendLines(found.Conclusions.Select(_sources.Show), ModelJson.Plain.ConclusionLine, MostResultCharacters);
        foreach (var excerpt in found.Excerpts)
        {
            var end = text.Length;
            if (end > 0)
                text.Append(Break);
            var written = text.AppendLines(excerpt.Select(_sources.Show), ModelJson.Plain.MessageLine, MostResultCharacters - text.Length);
            if (written == 0)
                text.Length = end;
            if (written < excerpt.Count)
                break;
        }

        return text.Length == 0 ? "Nothing found" : text.ToString();
    }
}
