using System.Text;
using System.Text.Json;
using Kith.Core.Answers;
using Kith.Core.Reasoning;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Kith.Http.Hosting;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.3, and §11 for the whole workspace and for evidence.</summary>
internal static class ChatHandlers
{
    public static async Task<IResult> AskPeerAsync(ApiRequest request, string workspace, string peer, Chats chats, Gate gate)
    {
        var body = request.Read(Chat.Read);
        RecallRules.RefuseScopePeers(peer, body.Target);
        RecallRules.CheckScope(request.Caller, workspace, body.Scope, body.SessionId, body.Filters);
        var allowed = Filtering.Allowlist(body.Filters, body.SessionId);
        await gate.RequireMembershipAsync(request.Caller, workspace, RecallRules.NamedSessions(body.SessionId, allowed), request.Aborted);
        return await AskAsync(request, body, QuestionOf(workspace, peer, body) with { Target = body.Target, Sessions = allowed }, chats);
    }

    public static async Task<IResult> AskWorkspaceAsync(ApiRequest request, string workspace, Chats chats)
    {
        var body = request.Read(Chat.Read);
        RecallRules.CheckScope(request.Caller, workspace, body.Scope, body.SessionId, filters: null);
        return await AskAsync(request, body, QuestionOf(workspace, observer: null, body), chats);
    }

    private static ChatRequest QuestionOf(string workspace, string? observer, Chat body) => new(workspace, observer, body.Query)
    {
        Session = body.SessionId,
        Level = body.ReasoningLevel,
        Scopes = body.Scope,
        Clocks = RecallRules.ClocksOf(body.AsOf, body.KnownAt),
        ResponseFormat = body.ResponseFormat,
    };

    private static async Task<IResult> AskAsync(ApiRequest request, Chat body, ChatRequest question, Chats chats)
    {
        var answer = await chats.AskAsync(question, request.Aborted);
        request.Context.Response.Headers["X-Kith-Reasoner"] = answer.Reasoner;
        if (body.Stream)
            return new AnswerStream(request, answer, body.IncludeEvidence);
        var whole = await WholeAsync(answer, body.IncludeEvidence, request);
        request.Degraded(answer.Tools.IsTextOnly);
        return Reply.Json(whole);
    }

    private static async Task<Wire.ChatAnswer> WholeAsync(Answer answer, bool includeEvidence, ApiRequest request)
    {
        var text = new StringBuilder();
        AnswerPart.Grounds? grounds = null;
        await foreach (var part in answer.Parts.WithCancellation(request.Aborted))
        {
            if (part is AnswerPart.Text fragment)
                text.Append(fragment.Content);
            else
                grounds = part as AnswerPart.Grounds;
        }

        return new(text.Length == 0 ? request.Dialect.EmptyAnswer : text.ToString(), includeEvidence ? Wire.Evidence.Of(grounds, answer.Tools.Calls) : null);
    }

    /// <summary>Server-sent events: one <c>data: </c> line for each fragment as soon as it is there, and one for the end.</summary>
    private sealed class AnswerStream(ApiRequest request, Answer answer, bool includeEvidence) : IResult
    {
        public async Task ExecuteAsync(HttpContext context)
        {
            context.Response.ContentType = "text/event-stream; charset=utf-8";
            context.Response.Headers.CacheControl = "no-cache";
            AnswerPart.Grounds? grounds = null;
            await foreach (var part in answer.Parts.WithHeartbeats(context))
            {
                if (part is AnswerPart.Text fragment)
                    await SendAsync(context, new Wire.ChatPart(new(fragment.Content), Done: false));
                else
                    grounds = part as AnswerPart.Grounds;
            }

            await SendAsync(context, new Wire.ChatPart(request.Dialect.LastDelta, Done: true, includeEvidence ? Wire.Evidence.Of(grounds, answer.Tools.Calls) : null));
        }

        private async Task SendAsync(HttpContext context, Wire.ChatPart part)
        {
            // Answers search before they say anything, so the first part can still tell how.
            if (!context.Response.HasStarted)
                request.Degraded(answer.Tools.IsTextOnly);
            var body = context.Response.Body;
            await body.WriteAsync("data: "u8.ToArray(), context.RequestAborted);
            await body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(part, typeof(Wire.ChatPart), HonchoJson.Relaxed), context.RequestAborted);
            await body.WriteAsync("\n\n"u8.ToArray(), context.RequestAborted);
            await body.FlushAsync(context.RequestAborted);
        }
    }
}
