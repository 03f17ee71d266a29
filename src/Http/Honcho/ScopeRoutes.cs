using Kith.Core.Directory;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Honcho;

/// <summary>Spec honcho-api §9.11.</summary>
internal static class ScopeRoutes
{
    public static void MapScopes(this IEndpointRouteBuilder routes)
    {
        var scopes = routes.MapGroup("/workspaces/{workspace}/scopes").WithTags("scopes");
        scopes.MapPost("", CreateAsync).Is("create_scope", "Get or create a scope", Guard.Workspace).Reads<ScopeCreate>().Answers<Wire.Scope>(201, 200);
        scopes.MapPost("/list", ListAsync).Is("list_scopes", "List the scopes of a workspace", Guard.Workspace).OnlyReads().Paged().Answers<Wire.Page<Wire.Scope>>(200);
        scopes.MapGet("/{scope}", GetAsync).Is("get_scope", "Get a scope", Guard.Workspace).Answers<Wire.Scope>(200);
        scopes.MapGet("/{scope}/status", StatusAsync).Is("get_scope_status", "Since when sessions are visible through a scope", Guard.Workspace).Answers<Wire.ScopeStatus>(200);
        scopes.MapPost("/{scope}/sessions", AddSessionsAsync).Is("add_scope_sessions", "Add sessions to a scope", Guard.Workspace).Reads<ScopeSessions>().AnswersNothing();
        scopes.MapPost("/{scope}/sessions/list", SessionsAsync).Is("list_scope_sessions", "List the sessions of a scope", Guard.Workspace).OnlyReads().Paged().Answers<Wire.Page<Wire.Session>>(200);
        scopes.MapDelete("/{scope}/sessions/{session}", RemoveSessionAsync).Is("remove_scope_session", "Remove a session from a scope", Guard.Workspace).AnswersNothing();
    }

    private static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Scopes scopes)
    {
        var body = request.Read(ScopeCreate.Read);
        var (scope, created) = await scopes.GetOrCreateAsync(workspace, body.Id, body.Metadata, request.Aborted);
        return Reply.Created(Wire.Scope.Of(scope), created, request.Dialect);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, Scopes scopes)
    {
        var paging = request.Paging();
        request.Check();
        return Reply.Json(Wire.Page<Wire.Scope>.Of(await scopes.ListAsync(workspace, paging, request.Aborted), paging, Wire.Scope.Of));
    }

    private static async Task<IResult> GetAsync(ApiRequest request, string workspace, string scope, Scopes scopes) =>
        Reply.Json(Wire.Scope.Of(await scopes.GetAsync(workspace, scope, request.Aborted)));

    private static async Task<IResult> StatusAsync(ApiRequest request, string workspace, string scope, Scopes scopes) =>
        Reply.Json(Wire.ScopeStatus.Of(await scopes.StatusAsync(workspace, scope, request.Aborted)));

    private static async Task<IResult> AddSessionsAsync(ApiRequest request, string workspace, string scope, Scopes scopes)
    {
        var body = request.Read(ScopeSessions.Read);
        await scopes.AddSessionsAsync(workspace, scope, body.SessionIds, request.Aborted);
        return Reply.Nothing;
    }

    private static async Task<IResult> SessionsAsync(ApiRequest request, string workspace, string scope, Scopes scopes)
    {
        var paging = request.Paging();
        request.Check();
        return Reply.Json(Wire.Page<Wire.Session>.Of(await scopes.SessionsAsync(workspace, scope, paging, request.Aborted), paging, session => Wire.Session.Of(session, request.Dialect)));
    }

    private static async Task<IResult> RemoveSessionAsync(ApiRequest request, string workspace, string scope, string session, Scopes scopes)
    {
        await scopes.RemoveSessionAsync(workspace, scope, session, request.Aborted);
        return Reply.Nothing;
    }
}
