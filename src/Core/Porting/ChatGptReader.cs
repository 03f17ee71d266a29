using System.Text.Json;
using System.Text.Json.Nodes;

namespace Kith.Core.Porting;

/// <summary>
/// Reads ChatGPT's <c>conversations.json</c>: of each conversation the branch that was shown last, what the user and the assistant said in it. What tools did, what was hidden and what
/// is no text is left out.
/// </summary>
public static class ChatGptReader
{
    /// <param name="user">The peer who asked.</param>
    /// <param name="assistant">The peer who answered.</param>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: it is no such file.</exception>
    public static IEnumerable<ImportLine> Read(JsonElement root, string user, string assistant)
    {
        var list = root.ValueKind == JsonValueKind.Array ? root
            : root.ValueKind == JsonValueKind.Object && root.TryGetProperty("conversations", out var inner) && inner.ValueKind == JsonValueKind.Array ? inner
            : root.ValueKind == JsonValueKind.Object && root.TryGetProperty("mapping", out _) ? JsonSerializer.SerializeToElement([root], DocumentJson.Default.JsonElementArray)
            : throw new KithException(ErrorCode.Invalid, "No conversations.json of ChatGPT: a list of conversations is expected");
        foreach (var (number, conversation) in list.EnumerateArray().Index())
        {
            foreach (var line in Read(conversation, number + 1, user, assistant))
                yield return line;
        }
    }

    private static IEnumerable<ImportLine> Read(JsonElement conversation, int number, string user, string assistant)
    {
        if (conversation.ValueKind != JsonValueKind.Object || !conversation.TryGetProperty("mapping", out var mapping) || mapping.ValueKind != JsonValueKind.Object)
            throw new KithException(ErrorCode.Invalid, $"Conversation {number}: no 'mapping' of its messages");
        var session = ForeignNames.Of(conversation.Text("conversation_id") ?? conversation.Text("id") ?? throw new KithException(ErrorCode.Invalid, $"Conversation {number}: no 'id'"));
        var metadata = new JsonObject { ["source"] = "chatgpt" };
        if (conversation.Text("title") is { Length: > 0 } title)
            metadata["title"] = title;
        yield return new ImportLine { Session = new ImportLine.ImportedSession(session, JsonSerializer.SerializeToElement(metadata, NodeJson.Default.JsonObject)) };
        foreach (var message in Branch(conversation, mapping, number))
        {
            var author = message.Section("author").Text("role");
            if (author is not ("user" or "assistant") || message.Section("metadata").Boolean("is_visually_hidden_from_conversation") == true || message.Text("recipient") is not (null or "all"))
                continue;
            var text = TextOf(message.Section("content"));
            if (string.IsNullOrWhiteSpace(text))
                continue;
            var id = message.Text("id") is { } given && Names.IsValid(given) ? given : Ids.Of("chatgpt", session, message.Text("id") ?? text);
            foreach (var line in SpokenText.Messages(new ImportLine.ImportedMessage(session, author == "user" ? user : assistant, id, text, Time(message))))
                yield return line;
        }
    }

    /// <summary>From the first message to the current one; of a file that names none, to the one that nothing follows.</summary>
    private static List<JsonElement> Branch(JsonElement conversation, JsonElement mapping, int number)
    {
        var at = conversation.Text("current_node") ?? mapping.EnumerateObject().LastOrDefault(node => !HasChildren(node.Value)).Name;
        var (branch, seen) = (new List<JsonElement>(), new HashSet<string>(StringComparer.Ordinal));
        while (at is not null)
        {
            if (!seen.Add(at) || !mapping.TryGetProperty(at, out var node) || node.ValueKind != JsonValueKind.Object)
                throw new KithException(ErrorCode.Invalid, $"Conversation {number}: the messages do not hang together");
            if (node.TryGetProperty("message", out var message) && message.ValueKind == JsonValueKind.Object)
                branch.Add(message);
            at = node.Text("parent");
        }

        branch.Reverse();
        return branch;
    }

    private static bool HasChildren(JsonElement node) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty("children", out var children) && children.ValueKind == JsonValueKind.Array && children.GetArrayLength() > 0;

    private static string TextOf(JsonElement content) => content.Text("content_type") switch
    {
        "code" or "execution_output" or "thoughts" or "reasoning_recap" or "user_editable_context" or "model_editable_context" or "tether_quote" or "tether_browsing_display" or "system_error" => "",
        _ when content.TryGetProperty("parts", out var parts) && parts.ValueKind == JsonValueKind.Array =>
            string.Join("\n\n", parts.EnumerateArray().Select(part => part.ValueKind == JsonValueKind.String ? part.GetString() : part.Text("text")).Where(text => !string.IsNullOrEmpty(text))),
        _ => content.Text("text") ?? "",
    };

    private static DateTimeOffset? Time(JsonElement message) =>
        message.TryGetProperty("create_time", out var time) && time.ValueKind == JsonValueKind.Number && time.GetDouble() is > 0 and < 100_000_000_000 and var seconds
            ? DateTimeOffset.UnixEpoch.AddMilliseconds(Math.Round(seconds * 1000))
            : null;
}
