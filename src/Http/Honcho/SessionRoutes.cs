using Kith.Core;
using Kith.Core.Context;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Core.Recall;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.5 to §9.7.</summary>
internal static class SessionRoutes
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/workspaces/{workspace}/sessions").WithTags("sessions");
        sessions.MapPost("", CreateAsync).Is("create_session", "Get or create a session", Guard.Self).Reads<SessionCreate>().Answers<Wire.Session>(201, 200);
        sessions.MapPost("/list", ListAsync).Is("list_sessions", "List the active sessions of a workspace", Guard.Workspace).OnlyReads().MayRead<Listing>().Paged().Answers<Wire.Page<Wire.Session>>(200);

        var session = sessions.MapGroup("/{session}");
        session.MapPut("", UpdateAsync).Is("update_session", "Update a session", Guard.Session).Reads<Update>().Answers<Wire.Session>(200);
        session.MapDelete("", DeleteAsync).Is("delete_session", "Delete a session", Guard.Session).Answers<Wire.Accepted>(202);
        session.MapPost("/clone", CloneAsync).Is("clone_session", "Copy a session, up to a message", Guard.Session).Query("string", "message_id").Answers<Wire.Session>(201);
        session.MapGet("/summaries", SummariesAsync).Is("get_session_summaries", "The summaries of a session", Guard.SessionMember).Answers<Wire.SessionSummaries>(200);
        session.MapGet("/context", ContextAsync).Is("get_session_context", "Everything the next model call should know", Guard.SessionMember)
            .Query("integer", "tokens", "search_top_k", "max_conclusions").Query("boolean", "summary", "limit_to_session", "include_most_frequent")
            .Query("string", "peer_target", "peer_perspective", "search_query", "scope").Query("array", "sessions").Query("number", "search_max_distance")
            .Answers<Wire.SessionContext>(200);
        session.MapPost("/search", SearchAsync).Is("search_session", "Search the messages of a session", Guard.SessionMember).OnlyReads().Reads<Search>().Answers<IReadOnlyList<Wire.Message>>(200);

        var members = session.MapGroup("/peers");
        members.MapGet("", MembersAsync).Is("get_session_peers", "List the members of a session", Guard.SessionMember).Paged(reversible: false).Answers<Wire.Page<Wire.Peer>>(200);
        members.MapPost("", AddMembersAsync).Is("add_session_peers", "Add members to a session", Guard.Session).Reads<Dictionary<string, Wire.MemberSettings>>().Answers<Wire.Session>(200);
        members.MapPut("", SetMembersAsync).Is("set_session_peers", "Replace the members of a session", Guard.Session).Reads<Dictionary<string, Wire.MemberSettings>>().Answers<Wire.Session>(200);
        members.MapDelete("", RemoveMembersAsync).Is("remove_session_peers", "Remove members from a session", Guard.Session).Reads<IReadOnlyList<string>>().Answers<Wire.Session>(200);
        members.MapGet("/{peer}/config", SettingsAsync).Is("get_session_peer_config", "How a peer takes part in a session", Guard.SessionMember).Answers<Wire.MemberSettings>(200);
        members.MapPut("/{peer}/config", SetSettingsAsync).Is("set_session_peer_config", "Change how a peer takes part in a session", Guard.Session).Reads<Wire.MemberSettings>().AnswersNothing();
    }

    public static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Sessions sessions)
    {
        var body = request.Read(SessionCreate.Read);
        if (!request.Caller.OwnsSession(workspace, body.Id))
            throw new KithException(ErrorCode.Forbidden, Gate.Unauthorized);
        if (body.Scopes is not null)
            Gate.RequireWorkspaceKey(request.Caller, workspace, "scopes");
        var (session, created) = await sessions.GetOrCreateAsync(workspace, body.Id, body.Metadata, body.Configuration, body.Peers, body.Scopes, request.Aborted);
        return Reply.Created(Wire.Session.Of(session, request.Dialect), created, request.Dialect);
    }

    public static async Task<IResult> ListAsync(ApiRequest request, string workspace, Sessions sessions)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(Listing.Read);
        var page = await sessions.ListAsync(workspace, paging, Filtering.OfSessions(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<Wire.Session>.Of(page, paging, session => Wire.Session.Of(session, request.Dialect)));
    }

    public static async Task<IResult> UpdateAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        var body = request.Read(Update.Read);
        var (updated, _) = await sessions.GetOrCreateAsync(workspace, session, body.Metadata, body.Configuration, peers: null, scopes: null, request.Aborted);
        return Reply.Json(Wire.Session.Of(updated, request.Dialect));
    }

    public static async Task<IResult> DeleteAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        await sessions.DeleteAsync(workspace, session, request.Aborted);
        return Reply.Json(new Wire.Accepted("Session deleted successfully"), StatusCodes.Status202Accepted);
    }

    public static async Task<IResult> CloneAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        var copy = await sessions.CloneAsync(workspace, session, request.QueryText("message_id"), request.Aborted);
        return Reply.Json(Wire.Session.Of(copy, request.Dialect), request.Dialect.Created);
    }

    public static async Task<IResult> SummariesAsync(ApiRequest request, string workspace, string session, Summaries summaries)
    {
        var found = await summaries.FindAsync(workspace, session, request.Aborted);
        return Reply.Json(new Wire.SessionSummaries(session, Wire.Summary.Of(found.Short), Wire.Summary.Of(found.Long)));
    }

    private static async Task<IResult> ContextAsync(ApiRequest request, string workspace, string session, Contexts contexts)
    {
        var context = await contexts.OfSessionAsync(ContextQuery.Read(request, workspace, session), request.Aborted);
        request.Degraded(context.IsTextOnly);
        return Reply.Json(Wire.SessionContext.Of(session, context));
    }

    public static async Task<IResult> SearchAsync(ApiRequest request, string workspace, string session, MessageSearch search)
    {
        var body = request.Read(Search.Read);
        var found = await search.SearchAsync(Filtering.OfSearch(new MessageSearchRequest(workspace, body.Query) { Limit = body.Limit, Session = session }, body.Filters, overridden: "session_id"), request.Aborted);
        return SearchReply.Of(request, found, body.Query, body.IncludeScores);
    }

    public static async Task<IResult> MembersAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        var paging = request.Paging(reversible: false);
        request.Check();
        return Reply.Json(Wire.Page<Wire.Peer>.Of(await sessions.MembersAsync(workspace, session, paging, request.Aborted), paging, Wire.Peer.Of));
    }

    public static async Task<IResult> AddMembersAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        var members = request.Read(Members.Read);
        return Reply.Json(Wire.Session.Of(await sessions.AddMembersAsync(workspace, session, members, request.Aborted), request.Dialect));
    }

    public static async Task<IResult> SetMembersAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        var members = request.Read(Members.Read);
        return Reply.Json(Wire.Session.Of(await sessions.SetMembersAsync(workspace, session, members, request.Aborted), request.Dialect));
    }

    public static async Task<IResult> RemoveMembersAsync(ApiRequest request, string workspace, string session, Sessions sessions)
    {
        var leaving = request.Read(body => body.List(peer => peer.Text()));
        return Reply.Json(Wire.Session.Of(await sessions.RemoveMembersAsync(workspace, session, leaving, request.Aborted), request.Dialect));
    }

    public static async Task<IResult> SettingsAsync(ApiRequest request, string workspace, string session, string peer, Sessions sessions)
    {
        if (request.Caller.IsPeerOf(workspace) && request.Caller.Peer != peer)
            throw new KithException(ErrorCode.Forbidden, Gate.NotPermitted);
        var settings = await sessions.MemberSettingsAsync(workspace, session, peer, request.Aborted);
        return Reply.Json(new Wire.MemberSettings(settings.ObserveMe, settings.ObserveOthers));
    }

    public static async Task<IResult> SetSettingsAsync(ApiRequest request, string workspace, string session, string peer, Sessions sessions)
    {
        var settings = request.Read(Members.ReadSettings);
        await sessions.SetMemberSettingsAsync(workspace, session, peer, settings, request.Aborted);
        return Reply.Nothing;
    }
}
