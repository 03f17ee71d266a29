using Kith.Core.Context;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>Spec honcho-api §12.2.</summary>
internal static class SessionRoutes
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/workspaces/{workspace}/sessions").WithTags("v2 sessions");
        sessions.MapPost("", Honcho.SessionRoutes.CreateAsync).Is("v2_create_session", "Get or create a session", Guard.Self).Reads<SessionCreate>().Answers<Honcho.Wire.Session>(200);
        sessions.MapPost("/list", Honcho.SessionRoutes.ListAsync).Is("v2_list_sessions", "List the active sessions of a workspace", Guard.Workspace).OnlyReads().MayRead<Listing>().Paged().Answers<Honcho.Wire.Page<Honcho.Wire.Session>>(200);

        var session = sessions.MapGroup("/{session}");
        session.MapPut("", Honcho.SessionRoutes.UpdateAsync).Is("v2_update_session", "Update a session", Guard.Session).Reads<Update>().Answers<Honcho.Wire.Session>(200);
        session.MapDelete("", Honcho.SessionRoutes.DeleteAsync).Is("v2_delete_session", "Delete a session", Guard.Session).Answers<Honcho.Wire.Accepted>(202);
        session.MapGet("/clone", Honcho.SessionRoutes.CloneAsync).Is("v2_clone_session", "Copy a session, up to a message", Guard.Session).Query("string", "message_id").Answers<Honcho.Wire.Session>(200);
        session.MapGet("/summaries", Honcho.SessionRoutes.SummariesAsync).Is("v2_get_session_summaries", "The summaries of a session", Guard.SessionMember).Answers<Honcho.Wire.SessionSummaries>(200);
        session.MapGet("/context", ContextAsync).Is("v2_get_session_context", "Everything the next model call should know", Guard.SessionMember)
            .Query("integer", "tokens", "search_top_k", "max_observations").Query("boolean", "summary", "limit_to_session", "include_most_derived")
            .Query("string", "last_message", "search_query", "peer_target", "peer_perspective").Query("number", "search_max_distance")
            .Answers<Wire.StructuredSessionContext>(200);
        session.MapPost("/search", Honcho.SessionRoutes.SearchAsync).Is("v2_search_session", "Search the messages of a session", Guard.SessionMember).OnlyReads().Reads<Search>().Answers<IReadOnlyList<Honcho.Wire.Message>>(200);

        var members = session.MapGroup("/peers");
        members.MapGet("", Honcho.SessionRoutes.MembersAsync).Is("v2_get_session_peers", "List the members of a session", Guard.SessionMember).Paged(reversible: false).Answers<Honcho.Wire.Page<Honcho.Wire.Peer>>(200);
        members.MapPost("", Honcho.SessionRoutes.AddMembersAsync).Is("v2_add_session_peers", "Add members to a session", Guard.Session).Reads<Dictionary<string, Honcho.Wire.MemberSettings>>().Answers<Honcho.Wire.Session>(200);
        members.MapPut("", Honcho.SessionRoutes.SetMembersAsync).Is("v2_set_session_peers", "Replace the members of a session", Guard.Session).Reads<Dictionary<string, Honcho.Wire.MemberSettings>>().Answers<Honcho.Wire.Session>(200);
        members.MapDelete("", Honcho.SessionRoutes.RemoveMembersAsync).Is("v2_remove_session_peers", "Remove members from a session", Guard.Session).Reads<IReadOnlyList<string>>().Answers<Honcho.Wire.Session>(200);
        members.MapGet("/{peer}/config", Honcho.SessionRoutes.SettingsAsync).Is("v2_get_session_peer_config", "How a peer takes part in a session", Guard.SessionMember).Answers<Honcho.Wire.MemberSettings>(200);
        members.MapPost("/{peer}/config", SetSettingsAsync).Is("v2_set_session_peer_config", "Change how a peer takes part in a session", Guard.Session).Reads<Honcho.Wire.MemberSettings>().Produces(200);
    }

    private static async Task<IResult> ContextAsync(ApiRequest request, string workspace, string session, Contexts contexts, Representations representations)
    {
        var context = await contexts.OfSessionAsync(ContextQuery.Read(request, workspace, session), request.Aborted);
        request.Degraded(context.IsTextOnly);
        var known = context.Conclusions is null ? null : Wire.StructuredRepresentation.Of(await representations.WithSourcesAsync(context.Conclusions, request.Aborted));
        return Reply.Json(Wire.StructuredSessionContext.Of(session, context, known), HonchoV2Json.Relaxed);
    }

    private static async Task<IResult> SetSettingsAsync(ApiRequest request, string workspace, string session, string peer, Sessions sessions)
    {
        await Honcho.SessionRoutes.SetSettingsAsync(request, workspace, session, peer, sessions);
        // Without a content type: clients would parse an empty body that claims to be JSON.
        return Results.Ok();
    }
}
