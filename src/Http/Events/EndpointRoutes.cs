using Kith.Core;
using Kith.Core.Directory;
using Kith.Core.Events;
using Kith.Http.Access;
using Kith.Http.Events.Requests;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Events;

/// <summary>Webhooks beyond the original's: which events, secrets, what was delivered.</summary>
internal static class EndpointRoutes
{
    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var webhooks = routes.MapGroup("/v1/workspaces/{workspace}/webhooks").AddEndpointFilter(Gate.FilterAsync).WithTags("webhooks");
        webhooks.MapPost("", CreateAsync).Is("create_endpoint", "Register an address for events; its secret is shown this once", Guard.Workspace).Reads<EndpointCreate>().Answers<Wire.EndpointWithSecret>(201, 200);
        webhooks.MapGet("", ListAsync).Is("list_endpoints", "The addresses of a workspace", Guard.Workspace).Paged(reversible: false).Answers<Honcho.Wire.Page<Wire.Endpoint>>(200);
        webhooks.MapGet("/{webhook}", FindAsync).Is("get_endpoint", "One address", Guard.Workspace).Answers<Wire.Endpoint>(200);
        webhooks.MapPatch("/{webhook}", ChangeAsync).Is("change_endpoint", "Choose the events that an address hears of", Guard.Workspace).Reads<EndpointChange>().Answers<Wire.Endpoint>(200);
        webhooks.MapDelete("/{webhook}", DeleteAsync).Is("delete_endpoint", "Remove an address and its deliveries", Guard.Workspace).AnswersNothing();
        webhooks.MapPost("/{webhook}/rotate", RotateAsync).Is("rotate_endpoint_secret", "Give an address a new secret; the one before signs beside it for a while", Guard.Workspace).MayRead<SecretRotation>().Answers<Wire.EndpointWithSecret>(200);
        webhooks.MapPost("/{webhook}/test", TestAsync).Is("test_endpoint", "Send a test event to one address", Guard.Workspace).Answers<Wire.Delivery>(202);

        var deliveries = webhooks.MapGroup("/{webhook}/deliveries");
        deliveries.MapGet("", DeliveriesAsync).Is("list_deliveries", "What was sent to an address and what is to be sent, newest first", Guard.Workspace).Paged().Query("string", "state", "event").Answers<Honcho.Wire.Page<Wire.Delivery>>(200);
        deliveries.MapGet("/{delivery}", DeliveryAsync).Is("get_delivery", "How an event got to an address", Guard.Workspace).Answers<Wire.Delivery>(200);
        deliveries.MapPost("/{delivery}/redeliver", RedeliverAsync).Is("redeliver", "Send an event again, with the same id", Guard.Workspace).Answers<Wire.Delivery>(202);
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Webhooks webhooks, WebhookOptions options)
    {
        var body = request.Read(input => EndpointCreate.Read(input, options.AllowsPrivateTargets));
        var (webhook, created) = await webhooks.RegisterAsync(workspace, body.Url, body.Events ?? EventTypes.All, request.Aborted);
        return Reply.Json(Wire.EndpointWithSecret.Of(webhook, created), EventJson.Relaxed, created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Webhooks webhooks)
    {
        var paging = request.Paging(reversible: false);
        request.Check();
        return Reply.Json(Honcho.Wire.Page<Wire.Endpoint>.Of(await webhooks.ListAsync(workspace, paging, request.Aborted), paging, Wire.Endpoint.Of), EventJson.Relaxed);
    }

    private static async Task<IResult> FindAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks) =>
        Reply.Json(Wire.Endpoint.Of(await webhooks.DemandAsync(workspace, webhook, request.Aborted)), EventJson.Relaxed);

    private static async Task<IResult> ChangeAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks)
    {
        var body = request.Read(EndpointChange.Read);
        return Reply.Json(Wire.Endpoint.Of(await webhooks.HearAsync(workspace, webhook, body.Events, request.Aborted)), EventJson.Relaxed);
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks)
    {
        await webhooks.DeleteAsync(workspace, webhook, request.Aborted);
        return Reply.Nothing;
    }

    private static async Task<IResult> RotateAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks)
    {
        var body = request.ReadOptional(SecretRotation.Read) ?? new SecretRotation();
        return Reply.Json(Wire.EndpointWithSecret.Of(await webhooks.RotateAsync(workspace, webhook, body.Overlap, request.Aborted), isNew: true), EventJson.Relaxed);
    }

    private static async Task<IResult> TestAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks) =>
        Reply.Json(Wire.Delivery.Of(await webhooks.TestAsync(workspace, webhook, request.Aborted)), EventJson.Relaxed, StatusCodes.Status202Accepted);

    private static async Task<IResult> DeliveriesAsync(ApiRequest request, string workspace, string webhook, Webhooks webhooks, Deliveries deliveries)
    {
        var paging = request.Paging();
        var state = request.Query("state").OneOf("enum", ["pending", "delivered", "failed"]);
        var type = request.Query("event").OneOf("enum", [.. EventTypes.All]);
        request.Check();
        var found = await webhooks.DemandAsync(workspace, webhook, request.Aborted);
        var page = await deliveries.ListAsync(workspace, found.Id, state is null ? null : Enum.Parse<DeliveryState>(state, ignoreCase: true), type, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.Delivery>.Of(page, paging, Wire.Delivery.Of), EventJson.Relaxed);
    }

    private static async Task<IResult> DeliveryAsync(ApiRequest request, string workspace, string webhook, string delivery, Deliveries deliveries) =>
        await deliveries.FindAsync(workspace, webhook, delivery, request.Aborted) is { } found
            ? Reply.Json(Wire.Delivery.Of(found), EventJson.Relaxed)
            : throw NotFound(webhook, delivery);

    private static async Task<IResult> RedeliverAsync(ApiRequest request, string workspace, string webhook, string delivery, Deliveries deliveries) =>
        await deliveries.RedeliverAsync(workspace, webhook, delivery, request.Aborted) is { } again
            ? Reply.Json(Wire.Delivery.Of(again), EventJson.Relaxed, StatusCodes.Status202Accepted)
            : throw NotFound(webhook, delivery);

    private static KithException NotFound(string webhook, string delivery) => new(ErrorCode.NotFound, $"Delivery {delivery} not found for webhook {webhook}");
}
