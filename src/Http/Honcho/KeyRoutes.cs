using Kith.Core;
using Kith.Core.Access;
using Kith.Http.Access;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §6.</summary>
internal static class KeyRoutes
{
    public static void MapKeys(this IEndpointRouteBuilder routes) => routes.MapGroup("/keys").WithTags("keys")
        .MapPost("", CreateAsync)
        .Is("create_key", "Create a key for a workspace, a peer or a session", Guard.Admin)
        .Query("string", "workspace_id", "peer_id", "session_id", "expires_at")
        .Answers<Wire.Key>(StatusCodes.Status200OK);

    public static async Task<IResult> CreateAsync(ApiRequest request, AuthOptions options, Tokens tokens, Core.Access.Keys keys)
    {
        if (!options.UseAuth)
            throw new KithException(ErrorCode.Conflict, "Feature is disabled") { Detail = "disabled" };
        var key = new Caller(IsAdmin: false, request.QueryText("workspace_id"), request.QueryText("peer_id"), request.QueryText("session_id"));
        var expires = request.Query("expires_at").Time();
        request.Check();
        if (key is { Workspace: null, Peer: null, Session: null })
            throw new KithException(ErrorCode.Invalid, "At least one of workspace_id, peer_id, or session_id must be provided");
        if (key.Workspace is null)
            throw new KithException(ErrorCode.Invalid, "workspace_id must be provided when peer_id or session_id is provided");
        var stored = await keys.CreateSignedAsync(new NewKey("POST /keys", key.Workspace, key.Peer, key.Session, ExpiresAt: expires?.Instant), request.Aborted);
        return Reply.Json(new Wire.Key(tokens.Issue(key with { KeyId = stored.Id }, expires?.Instant)));
    }
}
