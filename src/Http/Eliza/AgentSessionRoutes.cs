using Kith.Core;
using Kith.Core.Agency;
using Kith.Http.Access;
using Kith.Http.Eliza.Requests;
using Kith.Http.Honcho;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Eliza;

/// <summary>Spec eliza-sessions §5.1, §5.2 and §5.5.</summary>
internal static class AgentSessionRoutes
{
    public static void MapAgentSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/messaging/sessions");
        sessions.MapGet("/health", HealthAsync).Is("eliza_health", "Counts of a workspace's agent sessions", Guard.Tenant);
        sessions.MapPost("", CreateAsync).Is("eliza_create_session", "Open a session of a user and an agent", Guard.Tenant);
        sessions.MapGet("", ListAsync).Is("eliza_list_sessions", "List the agent sessions that have not expired", Guard.Tenant);
        sessions.MapGet("/{session}", GetAsync).Is("eliza_get_session", "Get an agent session", Guard.TenantSession);
        sessions.MapDelete("/{session}", DeleteAsync).Is("eliza_delete_session", "End an agent session; what was said stays", Guard.TenantSession);
        sessions.MapPost("/{session}/renew", RenewAsync).Is("eliza_renew_session", "Renew an agent session", Guard.TenantSession);
        sessions.MapPatch("/{session}/timeout", SetTimeoutAsync).Is("eliza_set_timeout", "Change an agent session's timeouts", Guard.TenantSession);
        sessions.MapPost("/{session}/heartbeat", HeartbeatAsync).Is("eliza_heartbeat", "Keep an agent session alive", Guard.TenantSession);
    }

    private static async Task<IResult> HealthAsync(ElizaRequest request, AgentSessions sessions, Uptime uptime, TimeProvider time)
    {
        var counts = await sessions.CountAsync(request.Workspace, request.User, request.Aborted);
        return Reply.Json(new Wire.Health("healthy", counts.Active, WireTime.Of(time.GetUtcNow()), counts.ExpiringSoon, uptime.Seconds), ElizaJson.Relaxed);
    }

    private static async Task<IResult> CreateAsync(ElizaRequest request, AgentSessions sessions, Core.Agency.Agents agents, ElizaOptions options)
    {
        var body = SessionCreate.Read(await request.BodyAsync());
        if (request.User is { } user && user != body.UserId)
            throw new KithException(ErrorCode.Forbidden, Gate.NotPermitted);
        if (options.RefusesUnknownAgents)
            await agents.GetAsync(request.Workspace, body.AgentId, request.Aborted);
        var created = await sessions.CreateAsync(request.Workspace, body.AgentId, body.UserId, body.ReadMetadata(), body.Timeouts, request.Aborted);
        return Reply.Json(Wire.CreatedSession.Of(created), ElizaJson.Relaxed, StatusCodes.Status201Created);
    }

    private static async Task<IResult> ListAsync(ElizaRequest request, AgentSessions sessions, TimeProvider time)
    {
        var active = await sessions.ListAsync(request.Workspace, request.User, request.Aborted);
        var counts = await sessions.CountAsync(request.Workspace, request.User, request.Aborted);
        var now = time.GetUtcNow();
        return Reply.Json(
            new Wire.SessionList([.. active.Select(session => Wire.SessionInfo.Of(session, now))], active.Count, new(counts.Total, counts.Active, counts.Expired)),
            ElizaJson.Relaxed);
    }

    private static async Task<IResult> GetAsync(ElizaRequest request, string session, AgentSessions sessions, TimeProvider time) =>
        Info(await sessions.GetAsync(request.AddressOf(session), request.Aborted), time);

    private static async Task<IResult> DeleteAsync(ElizaRequest request, string session, AgentSessions sessions)
    {
        var address = request.AddressOf(session);
        await sessions.DeleteAsync(address, request.Aborted);
        return Reply.Json(new Wire.Deleted(true, $"Session {address.Id} deleted successfully", new(true)), ElizaJson.Relaxed);
    }

    private static async Task<IResult> RenewAsync(ElizaRequest request, string session, AgentSessions sessions, TimeProvider time) =>
        Info(await sessions.RenewAsync(request.AddressOf(session), request.Aborted), time);

    private static async Task<IResult> SetTimeoutAsync(ElizaRequest request, string session, AgentSessions sessions, TimeProvider time)
    {
        var address = request.AddressOf(session);
        await sessions.GetAsync(address, request.Aborted);
        var timeouts = TimeoutConfig.ReadChange(await request.BodyAsync());
        return Info(await sessions.SetTimeoutsAsync(address, timeouts, request.Aborted), time);
    }

    private static async Task<IResult> HeartbeatAsync(ElizaRequest request, string session, AgentSessions sessions, TimeProvider time) =>
        Info(await sessions.HeartbeatAsync(request.AddressOf(session), request.Aborted), time);

    private static IResult Info(AgentSession session, TimeProvider time) => Reply.Json(Wire.SessionInfo.Of(session, time.GetUtcNow()), ElizaJson.Relaxed);
}
