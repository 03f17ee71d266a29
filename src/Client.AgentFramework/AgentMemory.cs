using Microsoft.Agents.AI;

namespace Kith.Client.AgentFramework;

/// <summary>
/// The memory of an agent of Microsoft Agent Framework: what is said is kept in Kith, and before each run the agent gets as much of the conversation as fits a budget, a summary of
/// the rest, and what is known of the user from all conversations. One memory serves any number of <see cref="AgentSession"/>s: each is a session of its own in Kith, and stays the
/// same when it is serialized and resumed.
/// </summary>
/// <example>
/// <code>
/// var memory = new AgentMemory(kith, user: "alice", assistant: "support");
/// var agent = new ChatClientAgent(model, new ChatClientAgentOptions { ChatHistoryProvider = memory.History, AIContextProviders = [memory.Context] });
/// </code>
/// </example>
public sealed class AgentMemory
{
    private const string Key = "Kith.Session";
    private const int UsualTokens = 4000;

    private readonly KithClient _kith;
    private readonly Func<AgentSession?, SessionId> _name;

    /// <summary>Remembers the conversations of a user with an assistant.</summary>
    /// <param name="kith">The workspace.</param>
    /// <param name="user">The peer that talks to the agent.</param>
    /// <param name="assistant">The peer that the agent speaks as.</param>
    /// <param name="tokens">How much of a conversation an agent gets, in tokens of <c>o200k_base</c>.</param>
    /// <param name="name">The session in Kith of an <see cref="AgentSession"/> that is seen for the first time; null makes a new one. Runs without a session get what it gives for null, each time.</param>
    public AgentMemory(KithClient kith, PeerId user, PeerId assistant, int tokens = UsualTokens, Func<AgentSession?, SessionId>? name = null)
    {
        ArgumentNullException.ThrowIfNull(kith);
        ArgumentNullException.ThrowIfNull(user);
        ArgumentNullException.ThrowIfNull(assistant);
        (_kith, User, Assistant) = (kith, kith.Peer(user.Value), kith.Peer(assistant.Value));
        SessionId unbound = $"agent-{Guid.NewGuid():N}";
        _name = name ?? (session => session is null ? unbound : $"agent-{Guid.NewGuid():N}");
        History = new KithChatHistoryProvider(this, tokens);
        Context = new KithContextProvider(this);
    }

    /// <summary>Stores what is said, and gives an agent the conversation.</summary>
    public ChatHistoryProvider History { get; }

    /// <summary>Gives an agent what is known of the user. Beside <see cref="History"/>, or alone where the service keeps the conversation; it stores nothing.</summary>
    public AIContextProvider Context { get; }

    internal Peer User { get; }

    internal Peer Assistant { get; }

    /// <summary>The session in Kith that a conversation is kept in.</summary>
    /// <param name="session">The conversation; null for runs without one.</param>
    public Session SessionOf(AgentSession? session)
    {
        if (session is not null && session.StateBag.TryGetValue<string>(Key, out var known) && known is not null)
            return _kith.Session(known);
        var name = _name(session).Value;
        session?.StateBag.SetValue(Key, name);
        return _kith.Session(name);
    }
}
