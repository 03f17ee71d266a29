using System.Globalization;
using System.Text.Json;

namespace Kith.Core.Porting;

/// <summary>
/// Reads memories of mem0 as its API and its libraries give them: a list, or an object with the list as <c>results</c>, <c>memories</c> or <c>data</c>. A memory is what the agent knows of
/// the user; without an agent, what the user's own view is.
/// </summary>
public static class Mem0Reader
{
    private static readonly string[] Lists = ["results", "memories", "data"];
    private static readonly string[] Texts = ["memory", "text", "content", "data"];

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: it is no such list, or a memory lacks its text.</exception>
    public static IEnumerable<ImportLine> Read(JsonElement root)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root
            : root.ValueKind == JsonValueKind.Object && Lists.Where(name => root.TryGetProperty(name, out _)).Select(root.GetProperty).FirstOrDefault(found => found.ValueKind == JsonValueKind.Array) is { ValueKind: JsonValueKind.Array } inner ? inner
            : throw new KithException(ErrorCode.Invalid, "No memories of mem0: a list is expected, or an object with a list 'results' or 'memories'");
        foreach (var (number, memory) in list.EnumerateArray().Index())
            yield return Read(memory, number);
    }

    private static ImportLine Read(JsonElement memory, int number)
    {
        var content = Texts.Select(name => memory.Text(name)).FirstOrDefault(text => !string.IsNullOrWhiteSpace(text))
            ?? throw new KithException(ErrorCode.Invalid, $"Memory {number + 1}: no text 'memory'");
        if (Limits.Exceeds(content, Limits.ConclusionCharacters))
            throw new KithException(ErrorCode.Invalid, $"Memory {number + 1}: more than {Limits.ConclusionCharacters} characters");
        var (user, agent) = (Owner(memory, "user_id"), Owner(memory, "agent_id"));
        var observed = user ?? agent ?? Owner(memory, "run_id") ?? throw new KithException(ErrorCode.Invalid, $"Memory {number + 1}: none of 'user_id', 'agent_id' and 'run_id' says whose it is");
        var id = memory.Text("id");
        return new ImportLine
        {
            Conclusion = new ImportLine.ImportedConclusion(
                id is not null && Names.IsValid(id) ? id : Ids.Of("mem0", id ?? "", observed, content),
                user is null ? observed : agent ?? observed,
                observed,
                content,
                null,
                Time(memory, number)),
        };
    }

    private static string? Owner(JsonElement memory, string name) => memory.Text(name) is { Length: > 0 } id ? ForeignNames.Of(id) : null;

    private static DateTimeOffset? Time(JsonElement memory, int number)
    {
        if (memory.Text("created_at") is not { } text)
            return null;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw new KithException(ErrorCode.Invalid, $"Memory {number + 1}: 'created_at' is no time");
    }
}
