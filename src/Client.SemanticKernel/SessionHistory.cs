using Kith.Client.Models;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Kith.Client.SemanticKernel;

/// <summary>Conversations as Semantic Kernel has them.</summary>
public static class SessionHistory
{
    /// <summary>A session for the next model call: what is known of the target and the summary as system messages, then as many messages as fit.</summary>
    /// <param name="session">The session.</param>
    /// <param name="assistant">The peer that the model speaks for.</param>
    /// <param name="options">How much, and what is known of whom.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="KithNotFoundException">Nothing was said in the session yet, and the server is Honcho's; Kith gives an empty history.</exception>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    /// <example>
    /// <code>
    /// var history = await session.GetChatHistoryAsync("support", new() { Tokens = 4000, PeerTarget = "alice" });
    /// var answer = await chat.GetChatMessageContentAsync(history);
    /// </code>
    /// </example>
    public static async Task<ChatHistory> GetChatHistoryAsync(this Session session, PeerId assistant, SessionContextOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        var context = await session.GetContextAsync(options, cancellationToken).ConfigureAwait(false);
        return [.. context.ToOpenAI(assistant).Select(ToContent)];
    }

    private static ChatMessageContent ToContent(OpenAIMessage message) => new(new AuthorRole(message.Role), message.Content) { AuthorName = message.Name };
}
