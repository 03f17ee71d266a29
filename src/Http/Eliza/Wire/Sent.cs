using System.Text.Json;
using Kith.Core.Agency;

namespace Kith.Http.Eliza.Wire;

/// <summary>The answer to a message as each server generation words it, in one body (spec eliza-sessions §5.3).</summary>
/// <param name="AgentResponse">What the agent answered, when that was waited for and there is an answer.</param>
/// <param name="Data">The same once more: of an answer that says <c>success</c> clients take this member only (§2.2).</param>
internal sealed record Sent(
    bool Success,
    string Id,
    string Content,
    string AuthorId,
    string CreatedAt,
    IReadOnlyDictionary<string, JsonElement> Metadata,
    UserMessage UserMessage,
    JsonElement? AgentResponse,
    SessionStatus SessionStatus,
    Sent? Data)
{
    public static Sent Of(SentMessage sent, AgentReply? reply)
    {
        var said = UserMessage.Of(sent);
        var data = new Sent(true, said.Id, said.Content, said.AuthorId, said.CreatedAt, said.Metadata, said, reply?.Content, SessionStatus.Of(sent.Session), null);
        return data with { Data = data };
    }
}
