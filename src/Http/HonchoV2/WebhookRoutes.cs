using Kith.Core.Directory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>Spec honcho-api §12.2.</summary>
internal static class WebhookRoutes
{
    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/workspaces/{workspace}/webhooks").WithTags("v2 webhooks");
        webhooks.MapPost("", Honcho.WebhookRoutes.CreateAsync).Is("v2_create_webhook", "Register an address for events", Guard.Workspace).Reads<WebhookCreate>().Answers<Honcho.Wire.Webhook>(200);
        webhooks.MapGet("", Honcho.WebhookRoutes.ListAsync).Is("v2_list_webhooks", "List the addresses that events go to", Guard.Workspace).Paged(reversible: false).Answers<Honcho.Wire.Page<Honcho.Wire.Webhook>>(200);
        webhooks.MapGet("/test", Honcho.WebhookRoutes.TestAsync).Is("v2_test_webhooks", "Send a test event", Guard.Workspace).HasEffect().Produces(200);
        webhooks.MapDelete("/{webhook}", DeleteAsync).Is("v2_delete_webhook", "Remove an address", Guard.Workspace).Produces(200);
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks)
    {
        await webhooks.DeleteAsync(workspace, webhook, request.Aborted);
        return Reply.Json<string?>(null);
    }
}
