using Kith.Core;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Keys.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Keys;

/// <summary>Keys of the server and of its workspaces: made, listed, rotated and revoked.</summary>
internal static class KeyRoutes
{
    public static void MapManagedKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/key", Show).AddEndpointFilter(Gate.FilterAsync).WithTags("keys").Is("get_calling_key", "What the key of this request opens", Guard.Self).Answers<Wire.CallingKey>(200);
        Map(routes.MapGroup("/v1/keys").WithTags("keys"), "server_", "of the whole server", Guard.Admin);
        Map(routes.MapGroup("/v1/workspaces/{workspace}/keys").WithTags("keys"), "", "of a workspace, or of a peer or a session in it", Guard.Workspace);
    }

    private static IResult Show(ApiRequest request, AuthOptions options)
    {
        var caller = request.Caller;
        return Reply.Json(new Wire.CallingKey(options.UseAuth, caller.IsAdmin, caller.Workspace, caller.Peer, caller.Session, caller.ReadOnly), KeysJson.Relaxed);
    }

    private static void Map(RouteGroupBuilder keys, string prefix, string which, Guard guard)
    {
        keys.AddEndpointFilter(Gate.FilterAsync);
        keys.MapPost("", CreateAsync).Is($"create_{prefix}managed_key", $"Make a key {which}", guard).Reads<KeyCreate>().Answers<Wire.IssuedKey>(201);
        keys.MapGet("", ListAsync).Is($"list_{prefix}managed_keys", $"List the keys {which}, the newest first", guard).Paged().Answers<Honcho.Wire.Page<Wire.Key>>(200);
        keys.MapGet("/{key}", GetAsync).Is($"get_{prefix}managed_key", $"Get a key {which}", guard).Answers<Wire.Key>(200);
        keys.MapPost("/{key}/rotate", RotateAsync).Is($"rotate_{prefix}managed_key", "Give a key another secret; the one before it works for a while", guard).MayRead<Rotation>().Answers<Wire.IssuedKey>(200);
        keys.MapDelete("/{key}", RevokeAsync).Is($"revoke_{prefix}managed_key", "Revoke a key: it opens nothing any more", guard).AnswersNothing();
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, Core.Access.Keys keys, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var (key, token) = await keys.CreateAsync(request.Read(KeyCreate.Read).In(WorkspaceOf(request), now), request.Aborted);
        request.Context.Response.Headers.Location = $"{request.Context.Request.Path}/{key.Id}";
        return Issued(key, token, now, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, Core.Access.Keys keys, TimeProvider time)
    {
        var paging = request.Paging();
        request.Check();
        var page = await keys.ListAsync(WorkspaceOf(request), paging, request.Aborted);
        return Reply.Json(Honcho.Wire.Page<Wire.Key>.Of(page, paging, key => Wire.Key.Of(key, time.GetUtcNow())), KeysJson.Relaxed);
    }

    private static async Task<IResult> GetAsync(ApiRequest request, string key, Core.Access.Keys keys, TimeProvider time) =>
        Reply.Json(Wire.Key.Of(await keys.GetAsync(WorkspaceOf(request), key, request.Aborted), time.GetUtcNow()), KeysJson.Relaxed);

    private static async Task<IResult> RotateAsync(ApiRequest request, string key, Core.Access.Keys keys, TimeProvider time)
    {
        var rotation = request.ReadOptional(Rotation.Read) ?? new Rotation(null);
        var (rotated, token) = await keys.RotateAsync(WorkspaceOf(request), key, rotation.Overlap, request.Aborted);
        return Issued(rotated, token, time.GetUtcNow(), StatusCodes.Status200OK);
    }

    private static async Task<IResult> RevokeAsync(ApiRequest request, string key, Core.Access.Keys keys)
    {
        await keys.RevokeAsync(WorkspaceOf(request), key, request.Aborted);
        return Reply.Nothing;
    }

    private static IResult Issued(Core.Access.Key key, string token, DateTimeOffset now, int status) =>
        Reply.Json(new Wire.IssuedKey(token, Wire.Key.Of(key, now)), KeysJson.Relaxed, status);

    /// <summary>Null for keys of the whole server.</summary>
    private static string? WorkspaceOf(ApiRequest request) => (string?)request.Context.GetRouteValue("workspace") is not { } named
        ? null
        : Names.IsValid(named) ? named : throw new KithException(ErrorCode.NotFound, $"Workspace {named} not found");
}
