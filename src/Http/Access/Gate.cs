using Kith.Core;
using Kith.Core.Directory;
using Kith.Http.Limiting;
using Kith.Http.Retries;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Access;

/// <summary>Decides whether a request may pass to its route. Every refusal is forbidden, which this protocol answers with 401.</summary>
internal sealed class Gate(AuthOptions options, Credentials credentials, Sessions sessions, RequestLimits limits, Repetitions repetitions)
{
    public const string NotPermitted = "JWT not permissioned for this resource";
    public const string Unauthorized = "Unauthorized access to resource";

    /// <summary>Runs after the request's parameters are bound, so that a broken body is 422 before a missing key is 401.</summary>
    public static async ValueTask<object?> FilterAsync(EndpointFilterInvocationContext invocation, EndpointFilterDelegate next)
    {
        var context = invocation.HttpContext;
        var gate = (Gate)context.RequestServices.GetService(typeof(Gate))!;
        var caller = await gate.AdmitAsync(context);
        context.Features.Set(caller);
        return await gate.AnswerAsync(invocation, caller, next);
    }

    /// <summary>Options that look beyond one peer or session need a key of the workspace.</summary>
    public static void RequireWorkspaceKey(Caller caller, string workspace, string option)
    {
        if (!caller.OwnsWorkspace(workspace))
            throw new KithException(ErrorCode.Forbidden, $"{option} requires a workspace- or admin-level key");
    }

    /// <summary>A peer's key names only sessions in which the peer is.</summary>
    public async Task RequireMembershipAsync(Caller caller, string workspace, IEnumerable<string> named, CancellationToken cancellationToken)
    {
        if (!caller.IsPeerOf(workspace))
            return;
        foreach (var session in named)
        {
            if (!await sessions.IsActiveMemberAsync(workspace, session, caller.Peer!, cancellationToken))
                throw new KithException(ErrorCode.Forbidden, NotPermitted);
        }
    }

    private async ValueTask<object?> AnswerAsync(EndpointFilterInvocationContext invocation, Caller caller, EndpointFilterDelegate next)
    {
        await limits.DemandAsync(invocation.HttpContext, caller);
        return await repetitions.AnswerAsync(invocation, caller, next);
    }

    private async Task<Caller> AdmitAsync(HttpContext context)
    {
        // A route without a guard would be open by mistake: it fails instead.
        var guard = context.GetEndpoint()!.Metadata.GetRequiredMetadata<GuardMetadata>().Guard;
        if (!options.UseAuth || guard == Guard.Open)
            return Caller.Admin;

        var caller = await credentials.IdentifyAsync(KeyOf(context.Request, guard), context.RequestAborted);
        if (guard == Guard.Admin && !caller.IsAdmin)
            throw new KithException(ErrorCode.Forbidden, "Resource requires admin privileges");
        if (!await PassesAsync(guard, caller, context))
            throw new KithException(ErrorCode.Forbidden, NotPermitted);
        if (caller.ReadOnly && !OnlyReads(context))
            throw new KithException(ErrorCode.Forbidden, "This key only reads");
        return caller;
    }

    private async ValueTask<bool> PassesAsync(Guard guard, Caller caller, HttpContext context)
    {
        if (caller.IsAdmin || guard == Guard.Self)
            return true;
        var workspace = Segment(context, "workspace");
        return guard switch
        {
            Guard.Workspace => caller.OwnsWorkspace(workspace),
            Guard.Peer => caller.OwnsPeer(workspace, Segment(context, "peer")),
            Guard.Session => caller.OwnsSession(workspace, Segment(context, "session")),
            Guard.SessionMember => caller.OwnsSession(workspace, Segment(context, "session"))
                || (caller.IsPeerOf(workspace) && await sessions.IsActiveMemberAsync(workspace, Segment(context, "session"), caller.Peer!, context.RequestAborted)),
            Guard.Tenant => caller is { Workspace: not null, Session: null },
            Guard.TenantSession => caller.Workspace is not null && (caller.Session is null || caller.Session == Segment(context, "session")),
            _ => false,
        };
    }

    private static bool OnlyReads(HttpContext context) => context.GetEndpoint()!.Metadata is var metadata && HttpMethods.IsGet(context.Request.Method)
        ? metadata.GetMetadata<HasEffectMetadata>() is null
        : metadata.GetMetadata<OnlyReadsMetadata>() is not null;

    private static string Segment(HttpContext context, string name) => (string)context.GetRouteValue(name)!;

    private static string KeyOf(HttpRequest request, Guard guard)
    {
        // Clients of the agents' door have a header of their own for it (spec eliza-sessions §2.1).
        if (guard is Guard.Tenant or Guard.TenantSession && request.Headers["X-API-KEY"].ToString() is { Length: > 0 } key)
            return key;
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && header["Bearer ".Length..].Trim() is { Length: > 0 } token)
            return token;
        throw new KithException(ErrorCode.Forbidden, "No access token provided");
    }
}
