namespace Kith.Client.Models;

/// <summary>What to tell the next model call: messages, what stands for the older ones, and what is known of a peer.</summary>
/// <example>
/// <code>
/// var context = await session.GetContextAsync(new() { Tokens = 1500 });
/// var messages = context.ToOpenAI(assistant);
/// </code>
/// </example>
public sealed record SessionContext
{
    // Anthropic's API refuses a conversation that the assistant begins.
    private const string Opening = "(The conversation so far:)";
    private const int OpenAINameCharacters = 64;

    /// <summary>The session.</summary>
    public string Id { get; init; } = "";

    /// <summary>The newest messages, oldest first.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>What stands for older messages; null where there is none or it was not asked for.</summary>
    public Summary? Summary { get; init; }

    /// <summary>What is known of the target; null where none was named, empty where nothing is known.</summary>
    public string? PeerRepresentation { get; init; }

    /// <summary>The most important about the target, line by line.</summary>
    public IReadOnlyList<string>? PeerCard { get; init; }

    /// <summary>What did not fit; null where all did. Kith only.</summary>
    public Truncation? Truncation { get; init; }

    /// <summary>
    /// The context for OpenAI's chat API: what is known and the summary as system messages, then the messages. What the assistant said has the role <c>assistant</c>, what
    /// anybody else said the role <c>user</c> with their name. Empty messages are left out.
    /// </summary>
    /// <param name="assistant">The peer that the model speaks for.</param>
    public IReadOnlyList<OpenAIMessage> ToOpenAI(PeerId assistant)
    {
        ArgumentNullException.ThrowIfNull(assistant);
        return
        [
            .. Background().Select(text => new OpenAIMessage { Role = "system", Content = text }),
            .. Spoken().Select(message => message.PeerId == assistant.Value
                ? new OpenAIMessage { Role = "assistant", Content = message.Content }
                : message.PeerId.Length <= OpenAINameCharacters
                    ? new OpenAIMessage { Role = "user", Content = message.Content, Name = message.PeerId }
                    : new OpenAIMessage { Role = "user", Content = Attributed(message) }),
        ];
    }

    /// <summary>
    /// The context for Anthropic's API, whose messages know no names and no role <c>system</c>: what is known and the summary come first, as said by the user; what anybody but
    /// the assistant said begins with their name. Empty messages are left out, and the list never begins with the assistant.
    /// </summary>
    /// <param name="assistant">The peer that the model speaks for.</param>
    public IReadOnlyList<AnthropicMessage> ToAnthropic(PeerId assistant)
    {
        ArgumentNullException.ThrowIfNull(assistant);
        List<AnthropicMessage> messages = [.. Background().Select(User)];
        foreach (var message in Spoken())
        {
            var isAssistant = message.PeerId == assistant.Value;
            if (isAssistant && messages is [])
                messages.Add(User(Opening));
            messages.Add(isAssistant ? new AnthropicMessage { Role = "assistant", Content = message.Content } : User(Attributed(message)));
        }

        return messages;

        static AnthropicMessage User(string text) => new() { Role = "user", Content = text };
    }

    private IEnumerable<string> Background()
    {
        foreach (var known in PeerContext.Sections(PeerCard, PeerRepresentation))
            yield return known;
        if (!string.IsNullOrEmpty(Summary?.Content))
            yield return $"<summary>\n{Summary.Content}\n</summary>";
    }

    private IEnumerable<Message> Spoken() => Messages.Where(message => !string.IsNullOrWhiteSpace(message.Content));

    private static string Attributed(Message message) => $"{message.PeerId}: {message.Content}";
}
