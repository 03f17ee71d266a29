using System.Text;
using System.Text.Json;
using Kith.Core.Reasoning;
using OpenAI.Chat;

namespace Kith.Azure.Models;

/// <summary>The searches that a model may ask for while it answers (spec honcho-engine §7.4).</summary>
internal sealed class SearchTools(MemoryTools tools, Sources sources)
{
    private const string Memory = "search_memory";
    private const string Messages = "search_messages";
    private const int MostResultCharacters = 10_000;
    private const int MemoryLimit = 20;
    private const int MostMemory = 40;
    private const int MessageLimit = 10;
    private const int MostMessages = 20;

    private static readonly BinaryData _input = BinaryData.FromString("""
        {
          "type": "object",
          "properties": {
            "query": { "type": "string", "description": "Names and plain words" },
            "limit": { "type": ["integer", "null"], "description": "How many results; null for the usual number" }
          },
          "required": ["query", "limit"],
          "additionalProperties": false
        }
        """);

    public static IReadOnlyList<ChatTool> Definitions { get; } =
    [
        ChatTool.CreateFunctionTool(Memory, "Finds conclusions about the subject, best first.", _input, functionSchemaIsStrict: true),
        ChatTool.CreateFunctionTool(Messages, "Finds messages, best first.", _input, functionSchemaIsStrict: true),
    ];

    /// <summary>What all searches together have brought.</summary>
    public int FoundCharacters { get; private set; }

    /// <summary>Runs the calls of one turn at the same time.</summary>
    public async Task<IReadOnlyList<ToolChatMessage>> RunAsync(IReadOnlyList<ChatToolCall> calls, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(calls.Select(call => SearchAsync(call, cancellationToken)));
        // Shown one after the other: the ids follow the order of the calls.
        var results = found.Select(result => result()).ToList();
        FoundCharacters += results.Sum(result => result.Length);
        return [.. calls.Zip(results, (call, result) => ChatMessage.CreateToolMessage(call.Id, result))];
    }

    private async Task<Func<string>> SearchAsync(ChatToolCall call, CancellationToken cancellationToken)
    {
        if (call.FunctionName is not (Memory or Messages))
            return () => $"There is no tool {call.FunctionName}";
        if (Read(call.FunctionArguments) is not { } input)
            return () => "The arguments have to be a JSON object with a query and a limit";

        if (call.FunctionName == Memory)
        {
            var conclusions = await tools.SearchMemoryAsync(input.Query, Math.Clamp(input.Limit ?? MemoryLimit, 1, MostMemory), cancellationToken);
            if (conclusions.Count > 0)
                return () => Lines(text => text.AppendLines(conclusions.Select(sources.Show), ModelJson.Plain.ConclusionLine, MostResultCharacters));
        }

        // Where nothing is concluded yet, what was said has to do.
        var messages = await tools.SearchMessagesAsync(input.Query, Math.Clamp(input.Limit ?? MessageLimit, 1, MostMessages), cancellationToken);
        return () => Lines(text => text.AppendLines(messages.Select(sources.Show), ModelJson.Plain.MessageLine, MostResultCharacters));
    }

    private static SearchInput? Read(BinaryData arguments)
    {
        try
        {
            return JsonSerializer.Deserialize(arguments, ModelJson.Plain.SearchInput) is { } input && !string.IsNullOrWhiteSpace(input.Query) ? input : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Lines(Func<StringBuilder, int> append)
    {
        var text = new StringBuilder();
        return append(text) == 0 ? "Nothing found" : text.ToString();
    }
}
