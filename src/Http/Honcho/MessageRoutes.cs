using Kith.Core;
using Kith.Core.Conversations;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Kith.Http.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.9.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/workspaces/{workspace}/sessions/{session}/messages").WithTags("messages");
        messages.MapPost("", CreateAsync).Is("create_messages", "Store messages", Guard.Session).Appends().Reads<MessageBatch>().Answers<IReadOnlyList<Wire.Message>>(201).WithMetadata(SlashAlias.Instance);
        messages.MapPost("/upload", UploadAsync).Is("upload_messages", "Store a text, JSON or PDF file as messages", Guard.Session).Appends().WithMetadata(UploadMetadata.Instance).Answers<IReadOnlyList<Wire.Message>>(201);
        messages.MapPost("/list", ListAsync).Is("list_messages", "List the messages of a session", Guard.SessionMember).OnlyReads().MayRead<Listing>().Paged().Answers<Wire.Page<Wire.Message>>(200);
        messages.MapGet("/{message}", GetAsync).Is("get_message", "Get a message", Guard.SessionMember).Answers<Wire.Message>(200);
        messages.MapPut("/{message}", UpdateAsync).Is("update_message", "Replace the metadata of a message", Guard.Session).Reads<MessageUpdate>().Answers<Wire.Message>(200);
    }

    public static async Task<IResult> CreateAsync(ApiRequest request, string workspace, string session, Messages messages)
    {
        var batch = request.Read(MessageBatch.Read).Messages;
        var stored = await messages.AppendAsync(workspace, session, [.. batch.Select(message => message.ToMessage())], request.Claim(), request.Aborted);
        return Reply.Json<IReadOnlyList<Wire.Message>>([.. stored.Zip(batch, (message, said) => Wire.Message.Of(message, said.CreatedAt))], request.Dialect.Created);
    }

    public static async Task<IResult> UploadAsync(ApiRequest request, string workspace, string session, Messages messages)
    {
        var upload = await Upload.ReadAsync(request.Context.Request, request.Dialect, request.Aborted);
        var stored = await messages.AppendAsync(workspace, session, upload.ToMessages(), request.Claim(upload.Digest()), request.Aborted);
        return Reply.Json<IReadOnlyList<Wire.Message>>([.. stored.Select(message => Wire.Message.Of(message, upload.CreatedAt))], request.Dialect.Created);
    }

    public static async Task<IResult> ListAsync(ApiRequest request, string workspace, string session, Messages messages)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(Listing.Read);
        var page = await messages.ListAsync(workspace, session, paging, Filtering.OfMessages(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<Wire.Message>.Of(page, paging, Wire.Message.Of));
    }

    public static async Task<IResult> GetAsync(ApiRequest request, string workspace, string session, string message, Messages messages)
    {
        var found = await messages.FindAsync(workspace, session, message, request.Aborted)
            ?? throw new KithException(ErrorCode.NotFound, $"Message with ID {message} not found");
        return Reply.Json(Wire.Message.Of(found));
    }

    public static async Task<IResult> UpdateAsync(ApiRequest request, string workspace, string session, string message, Messages messages)
    {
        var body = request.Read(MessageUpdate.Read);
        return Reply.Json(Wire.Message.Of(await messages.UpdateAsync(workspace, session, message, body.Metadata, request.Aborted)));
    }
}
