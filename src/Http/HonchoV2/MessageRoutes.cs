using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Kith.Http.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>Spec honcho-api §12.2. The original creates messages at the path with the slash only; without it later clients do (§13), and they need no redirect.</summary>
internal static class MessageRoutes
{
    public static void MapMessages(this IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/workspaces/{workspace}/sessions/{session}/messages").WithTags("v2 messages");
        messages.MapPost("", Honcho.MessageRoutes.CreateAsync).Is("v2_create_messages", "Store messages", Guard.Session).Appends().Reads<MessageBatch>().Answers<IReadOnlyList<Honcho.Wire.Message>>(200).WithMetadata(SlashAlias.Instance);
        messages.MapPost("/upload", Honcho.MessageRoutes.UploadAsync).Is("v2_upload_messages", "Store a text, JSON or PDF file as messages", Guard.Session).Appends().WithMetadata(UploadMetadata.Instance).Answers<IReadOnlyList<Honcho.Wire.Message>>(200);
        messages.MapPost("/list", Honcho.MessageRoutes.ListAsync).Is("v2_list_messages", "List the messages of a session", Guard.SessionMember).OnlyReads().MayRead<Listing>().Paged().Answers<Honcho.Wire.Page<Honcho.Wire.Message>>(200);
        messages.MapGet("/{message}", Honcho.MessageRoutes.GetAsync).Is("v2_get_message", "Get a message", Guard.SessionMember).Answers<Honcho.Wire.Message>(200);
        messages.MapPut("/{message}", Honcho.MessageRoutes.UpdateAsync).Is("v2_update_message", "Replace the metadata of a message", Guard.Session).Reads<MessageUpdate>().Answers<Honcho.Wire.Message>(200);
    }
}
