using System.Text.Json;
using Kith.Http.Schema;

namespace Kith.Http.Agents.Wire;

/// <summary>What a responder is sent (docs/eliza.md).</summary>
/// <param name="Id">Of the reply: the same whenever the same message is answered.</param>
internal sealed record AgentCall(
    string Id, string WorkspaceId, string SessionId, string ChannelId, string UserId, AgentCall.Self Agent, AgentCall.Turn Message, AgentCall.Known Context)
{
    public static AgentCall Of(Core.Agency.AgentCall call) => new(
        call.Reply.ReplyId,
        call.Reply.WorkspaceId,
        call.Reply.SessionId,
        call.Reply.ChannelId,
        call.Reply.UserId,
        new(call.Agent.Id, call.Agent.Name, call.Agent.Instructions),
        Turn.Of(call.Message),
        new(call.Context.Summary?.Content, call.Context.Representation, call.Context.PeerCard, [.. call.Context.Messages.Select(Turn.Of)]));

    internal sealed record Self(string Id, string Name, string? Instructions);

    internal sealed record Turn(string Id, string PeerId, string Content, JsonElement Metadata, string CreatedAt)
    {
        public static Turn Of(Core.Conversations.Message message) =>
            new(message.Id, message.PeerId, message.Content, message.Metadata, Moment.Format(message.CreatedAt));
    }

    /// <param name="Representation">What is known of the user.</param>
    /// <param name="Messages">The newest of the session, oldest first.</param>
    internal sealed record Known(string? Summary, string? Representation, IReadOnlyList<string>? PeerCard, IReadOnlyList<Turn> Messages);
}
