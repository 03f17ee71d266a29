using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Kith.Client.SemanticKernel;

/// <summary>The memory of an agent of Semantic Kernel: stores what is said on its thread, and tells it before each call what is known of its user.</summary>
/// <example>
/// <code>
/// var thread = new ChatHistoryAgentThread();
/// thread.AIContextProviders.Add(new KithContextProvider(kith, session: "chat-1", user: "alice", assistant: "support"));
/// </code>
/// </example>
/// <param name="kith">The workspace.</param>
/// <param name="session">The conversation of the thread.</param>
/// <param name="user">The peer that talks to the agent.</param>
/// <param name="assistant">The peer that the agent speaks as.</param>
[Experimental("SKEXP0130")]
public sealed class KithContextProvider(KithClient kith, SessionId session, PeerId user, PeerId assistant) : AIContextProvider
{
    /// <inheritdoc/>
    public override async Task MessageAddingAsync(string? conversationId, ChatMessage newMessage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newMessage);
        if (!string.IsNullOrWhiteSpace(newMessage.Text) && SpeakerOf(newMessage.Role) is { } speaker)
        {
            foreach (var batch in Spoken.By(speaker, newMessage).Chunk(Session.MostMessages))
                await kith.Session(session.Value).AddMessagesAsync(batch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override async Task<AIContext> ModelInvokingAsync(ICollection<ChatMessage> newMessages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(newMessages);
        var asked = newMessages.LastOrDefault(message => message.Role == ChatRole.User)?.Text;
        try
        {
            var known = await kith.Peer(user.Value).GetContextAsync(new() { SearchQuery = string.IsNullOrWhiteSpace(asked) ? null : asked }, cancellationToken).ConfigureAwait(false);
            return new AIContext { Instructions = known.ToInstructions() };
        }
        catch (KithNotFoundException)
        {
            // Honcho's server, as long as the user has said nothing: Kith gives an empty context.
            return new AIContext();
        }
    }

    /// <summary>What tools were asked and said is no conversation.</summary>
    private PeerId? SpeakerOf(ChatRole role) => role == ChatRole.User ? user : role == ChatRole.Assistant ? assistant : null;
}
