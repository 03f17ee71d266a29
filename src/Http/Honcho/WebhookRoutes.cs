using Kith.Core.Directory;
using Kith.Http.Access;
using Kith.Http.Events;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.12.</summary>
internal static class WebhookRoutes
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/workspaces/{workspace}/webhooks").WithTags("webhooks");
        webhooks.MapPost("", CreateAsync).Is("create_webhook", "Register an address for events", Guard.Workspace).Reads<WebhookCreate>().Answers<Wire.Webhook>(201, 200);
        webhooks.MapGet("", ListAsync).Is("list_webhooks", "List the addresses that events go to", Guard.Workspace).Paged(reversible: false).Answers<Wire.Page<Wire.Webhook>>(200);
        webhooks.MapGet("/test", TestAsync).Is("test_webhooks", "Send a test event", Guard.Workspace).HasEffect().Produces(StatusCodes.Status200OK);
        webhooks.MapDelete("/{webhook}", DeleteAsync).Is("delete_webhook", "Remove an address", Guard.Workspace).AnswersNothing();
    }

    public static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Webhooks webhooks, WebhookOptions options)
    {
        var body = request.Read(input => WebhookCreate.Read(input, options.AllowsPrivateTargets));
        var (webhook, created) = await webhooks.RegisterAsync(workspace, body.Url, events: null, request.Aborted);
        return Reply.Created(Wire.Webhook.Of(webhook), created, request.Dialect);
    }

    public static async Task<IResult> ListAsync(ApiRequest request, string workspace, Webhooks webhooks)
    {
        var paging = request.Paging(reversible: false);
        request.Check();
        return Reply.Json(Wire.Page<Wire.Webhook>.Of(await webhooks.ListAsync(workspace, paging, request.Aborted), paging, Wire.Webhook.Of));
    }

    public static async Task<IResult> TestAsync(ApiRequest request, string workspace, Webhooks webhooks)
    {
        await webhooks.TestAsync(workspace, request.Aborted);
        return Reply.Json<string?>(null);
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks)
    {
        await webhooks.DeleteAsync(workspace, webhook, request.Aborted);
        return Reply.Nothing;
    }
}
