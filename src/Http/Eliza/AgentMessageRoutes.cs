using Kith.Core.Agency;
using Kith.Http.Access;
using Kith.Http.Eliza.Requests;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Eliza;

/// <summary>Spec eliza-sessions §5.3 and §5.4.</summary>
internal static class AgentMessageRoutes
{
    public static void MapAgentMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/messaging/sessions/{session}/messages");
        messages.MapPost("", SendAsync).Is("eliza_send_message", "Say something to the agent", Guard.TenantSession).Appends();
        messages.MapGet("", HistoryAsync).Is("eliza_get_messages", "Read what was said, newest first", Guard.TenantSession);
    }

    private static async Task<IResult> SendAsync(ElizaRequest request, string session, AgentSessions sessions, Replier replier)
    {
        var body = MessageSend.Read(await request.BodyAsync());
        var address = request.AddressOf(session);
        await sessions.GetAsync(address, request.Aborted);
        var sent = await sessions.SendAsync(address, body.ToUtterance(), waits: body.Transport != Transport.WebSocket, await request.ClaimAsync(), request.Aborted);
        return body.Transport switch
        {
            Transport.Sse => new ReplyStream(sent, replier),
            Transport.Http when sent.Pending is { } pending => Created(sent, await WholeAsync(replier.AnswerAsync(pending, request.Aborted))),
            _ => Created(sent, body.Transport == Transport.Http ? sent.Reply : null),
        };
    }

    private static async Task<IResult> HistoryAsync(ElizaRequest request, string session, AgentSessions sessions)
    {
        var page = await sessions.HistoryAsync(request.AddressOf(session), HistoryQuery.Read(request.Context.Request.Query), request.Aborted);
        return Reply.Json(Wire.History.Of(page), ElizaJson.Relaxed);
    }

    private static async Task<AgentReply?> WholeAsync(IAsyncEnumerable<ReplyPart> parts)
    {
        AgentReply? reply = null;
        await foreach (var part in parts)
            reply = (part as ReplyPart.Whole)?.Reply ?? reply;
        return reply;
    }

    private static IResult Created(SentMessage sent, AgentReply? reply) => Reply.Json(Wire.Sent.Of(sent, reply), ElizaJson.Relaxed, StatusCodes.Status201Created);
}
