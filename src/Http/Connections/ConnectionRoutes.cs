using Kith.Core.Events;
using Kith.Core.Platforms;
using Kith.Http.Access;
using Kith.Http.Connections.Requests;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Connections;

/// <summary>Connections of a workspace to chat platforms. What is given to keep is never returned.</summary>
internal static class ConnectionRoutes
{
    public static void MapConnections(this IEndpointRouteBuilder routes)
    {
        var connections = routes.MapGroup("/v1/workspaces/{workspace}/connections").AddEndpointFilter(Gate.FilterAsync).WithTags("connections");
        connections.MapPost("", CreateAsync).Is("create_connection", "Connect the workspace to an app or bot of a chat platform", Guard.Workspace).Reads<ConnectionCreate>().Answers<Wire.Connection>(201);
        connections.MapGet("", ListAsync).Is("list_connections", "The connections of a workspace", Guard.Workspace).Paged().Answers<Honcho.Wire.Page<Wire.Connection>>(200);
        connections.MapGet("/{connection}", GetAsync).Is("get_connection", "One connection", Guard.Workspace).Answers<Wire.Connection>(200);
        connections.MapPatch("/{connection}", ChangeAsync).Is("change_connection", "Change a connection; what is not named stays", Guard.Workspace).Reads<ConnectionUpdate>().Answers<Wire.Connection>(200);
        connections.MapPost("/{connection}/rotate", RotateAsync).Is("rotate_connection_secrets", "Give a connection secrets; those before them hold beside them for a while", Guard.Workspace).Reads<SecretsRotation>().Answers<Wire.Connection>(200);
        connections.MapGet("/{connection}/replies", RepliesAsync).Is("list_replies", "What the agent said through a connection, or is to say, newest first", Guard.Workspace).Paged().Query("string", "state").Answers<Honcho.Wire.Page<Events.Wire.Delivery>>(200);
        connections.MapDelete("/{connection}", DeleteAsync).Is("delete_connection", "Remove a connection; what was said through it stays", Guard.Workspace).AnswersNothing();
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Core.Platforms.Connections connections)
    {
        var body = request.Read(ConnectionCreate.Read);
        var created = await connections.CreateAsync(workspace, Platform.Find(body.Platform)!, body.Secrets ?? new Dictionary<string, string>(), body.Agent, body.ToChange(), request.Aborted);
        request.Context.Response.Headers.Location = $"{request.Context.Request.Path}/{created.Id}";
        return Answer(created, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Core.Platforms.Connections connections)
    {
        var paging = request.Paging();
        request.Check();
        var page = await connections.ListAsync(workspace, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.Connection>.Of(page, paging, Wire.Connection.Of), ConnectionsJson.Relaxed);
    }

    private static async Task<IResult> GetAsync(ApiRequest request, string workspace, string connection, Core.Platforms.Connections connections) =>
        Answer(await connections.DemandAsync(workspace, connection, request.Aborted));

    private static async Task<IResult> ChangeAsync(ApiRequest request, string workspace, string connection, Core.Platforms.Connections connections) =>
        Answer(await connections.ChangeAsync(workspace, connection, request.Read(ConnectionUpdate.Read).ToChange(), request.Aborted));

    private static async Task<IResult> RotateAsync(ApiRequest request, string workspace, string connection, Core.Platforms.Connections connections)
    {
        var body = request.Read(SecretsRotation.Read);
        return Answer(await connections.RotateAsync(workspace, connection, body.Secrets, body.Overlap, request.Aborted));
    }

    private static async Task<IResult> RepliesAsync(ApiRequest request, string workspace, string connection, Core.Platforms.Connections connections, Deliveries deliveries)
    {
        var paging = request.Paging();
        var state = request.Query("state").OneOf("enum", ["pending", "delivered", "failed"]);
        request.Check();
        var found = await connections.DemandAsync(workspace, connection, request.Aborted);
        var page = await deliveries.ListAsync(workspace, found.Id, state is null ? null : Enum.Parse<DeliveryState>(state, ignoreCase: true), type: null, paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Events.Wire.Delivery>.Of(page, paging, Events.Wire.Delivery.Of), Events.EventJson.Relaxed);
    }

    private static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string connection, Core.Platforms.Connections connections)
    {
        await connections.DeleteAsync(workspace, connection, request.Aborted);
        return Reply.Nothing;
    }

    private static IResult Answer(Connection connection, int status = StatusCodes.Status200OK) => Reply.Json(Wire.Connection.Of(connection), ConnectionsJson.Relaxed, status);
}
