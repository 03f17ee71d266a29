using Kith.Core.Threads;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Threads.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Threads;

/// <summary>What is said in a thread, and how the next model call gets it.</summary>
internal static class ThreadMessageRoutes
{
    public static void MapThreadMessages(this IEndpointRouteBuilder thread)
    {
        thread.MapPost("/messages", AddAsync).Is("add_thread_message", "Add a message to a thread", Guard.Session).Appends()
            .Query("boolean", "createIfMissing").Reads<ThreadMessageCreate>().Answers<Wire.ThreadMessage>(201);
        thread.MapPost("/messages:batch", AddAllAsync).Is("add_thread_messages", "Add messages to a thread, all or none", Guard.Session).Appends()
            .Query("boolean", "createIfMissing").Reads<ThreadMessageBatch>().Answers<Wire.ThreadMessages>(201);
        thread.MapGet("/messages", ListAsync).Is("get_thread_messages", "The messages of a thread", Guard.SessionMember)
            .Query("integer", "limit", "before", "after").Query("string", "role", "order").Query("boolean", "includeSystem").Answers<Wire.ThreadMessages>(200);
        thread.MapGet("/history", HistoryAsync).Is("get_thread_history", "A thread for the next model call, within limits", Guard.SessionMember)
            .Query("string", "format", "layout").Query("integer", "maxTurns", "maxMessages", "maxTokens").Query("boolean", "includeSystem", "includeFiles", "smartCompaction", "includeParents")
            .Answers<Wire.ThreadHistory>(200);
        thread.MapGet("/summary", SummaryAsync).Is("get_thread_summary", "What a thread holds", Guard.SessionMember).Answers<Wire.ThreadSummary>(200);
    }

    private static async Task<IResult> AddAsync(ApiRequest request, string workspace, string session, ThreadMessages messages)
    {
        var create = request.Parameter("createIfMissing").Boolean() ?? false;
        var body = request.Read(ThreadMessageCreate.Read);
        var stored = await messages.AppendAsync(workspace, session, [body.ToMessage()], create, request.Claim(), request.Aborted);
        return Reply.Json(Wire.ThreadMessage.Of(stored[0]), ThreadsJson.Relaxed, StatusCodes.Status201Created);
    }

    private static async Task<IResult> AddAllAsync(ApiRequest request, string workspace, string session, ThreadMessages messages)
    {
        var create = request.Parameter("createIfMissing").Boolean() ?? false;
        var body = request.Read(ThreadMessageBatch.Read);
        var stored = await messages.AppendAsync(workspace, session, [.. body.Messages.Select(message => message.ToMessage())], create, request.Claim(), request.Aborted);
        return Reply.Json(Wire.ThreadMessages.Of(stored), ThreadsJson.Relaxed, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, string session, ThreadMessages messages)
    {
        var query = new ThreadMessageQuery
        {
            Limit = request.Parameter("limit").Integer(min: 0),
            Role = request.Parameter("role").OneOf("literal_error", Roles.All),
            IncludeSystem = request.Parameter("includeSystem").Boolean() ?? true,
            Before = request.Parameter("before").Integer(min: 1),
            After = request.Parameter("after").Integer(min: 0),
            NewestFirst = request.Parameter("order").OneOf("literal_error", "asc", "desc") == "desc",
        };
        request.Check();
        return Reply.Json(Wire.ThreadMessages.Of(await messages.ListAsync(workspace, session, query, request.Aborted)), ThreadsJson.Relaxed);
    }

    private static async Task<IResult> HistoryAsync(ApiRequest request, string workspace, string session, ThreadHistories histories)
    {
        var asText = request.Parameter("format").OneOf("literal_error", "messages", "text") == "text";
        var plain = request.Parameter("layout").OneOf("literal_error", "upstream", "seed") == "seed";
        var includeFiles = request.Parameter("includeFiles").Boolean() ?? true;
        var wanted = new HistoryRequest
        {
            IncludeSystem = request.Parameter("includeSystem").Boolean() ?? true,
            MaxTurns = request.Parameter("maxTurns").Integer(min: 0),
            MaxMessages = request.Parameter("maxMessages").Integer(min: 0),
            MaxTokens = request.Parameter("maxTokens").Integer(min: 0),
            SmartCompaction = request.Parameter("smartCompaction").Boolean() ?? true,
            IncludeParents = request.Parameter("includeParents").Boolean() ?? false,
        };
        request.Check();
        if (wanted.IncludeParents)
            Gate.RequireWorkspaceKey(request.Caller, workspace, "includeParents");
        var history = await histories.BuildAsync(workspace, session, wanted, request.Aborted);
        var answer = new Wire.ThreadHistory(
            session,
            asText ? null : [.. history.Messages.Select(message => new Wire.ThreadTurn(message.Role, message.Content))],
            !asText ? null : plain ? history.PlainText() : history.FullText(includeFiles),
            history.Messages.Count,
            history.TotalMessages,
            history.TotalMessages - history.Messages.Count,
            history.TruncatedCount,
            history.EstimatedTokens);
        return Reply.Json(answer, ThreadsJson.Relaxed);
    }

    private static async Task<IResult> SummaryAsync(ApiRequest request, string workspace, string session, ThreadHistories histories) =>
        Reply.Json(Wire.ThreadSummary.Of(await histories.SummariseAsync(workspace, session, request.Aborted)), ThreadsJson.Relaxed);
}
