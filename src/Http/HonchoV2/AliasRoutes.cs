using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>
/// What generated clients newer than 1.8 call: v3's names under v2's prefix (spec honcho-api §13). Their text representations are not served: that
/// path belongs to the structured ones.
/// </summary>
internal static class AliasRoutes
{
    public static void MapAliases(this IEndpointRouteBuilder routes)
    {
        var workspace = routes.MapGroup("/workspaces/{workspace}").WithTags("v2 aliases");
        workspace.MapGet("/queue/status", Honcho.WorkspaceRoutes.QueueAsync).Is("v2_get_queue_status", "How far background work is", Guard.Workspace)
            .Query("string", "observer_id", "sender_id", "session_id").Answers<Honcho.Wire.QueueStatus>(200);
        workspace.MapPost("/schedule_dream", Honcho.WorkspaceRoutes.DreamAsync).Is("v2_schedule_dream", "Ask for a consolidation of what one peer knows about another", Guard.Workspace).Reads<DreamSchedule>().AnswersNothing();
        workspace.MapPost("/sessions/{session}/clone", Honcho.SessionRoutes.CloneAsync).Is("v2_post_session_clone", "Copy a session, up to a message", Guard.Session).Query("string", "message_id").Answers<Honcho.Wire.Session>(200);
        workspace.MapPut("/sessions/{session}/peers/{peer}/config", Honcho.SessionRoutes.SetSettingsAsync).Is("v2_put_session_peer_config", "Change how a peer takes part in a session", Guard.Session).Reads<Honcho.Wire.MemberSettings>().AnswersNothing();

        var conclusions = workspace.MapGroup("/conclusions");
        conclusions.MapPost("", ConclusionRoutes.CreateAsync).Is("v2_create_conclusions", "Store conclusions", Guard.Workspace).Reads<ConclusionBatch>().Answers<IReadOnlyList<Honcho.Wire.Conclusion>>(200);
        conclusions.MapPost("/list", ConclusionRoutes.ListAsync).Is("v2_list_conclusions", "List conclusions, newest first", Guard.Workspace).OnlyReads().MayRead<ConclusionListing>().Paged().Answers<Honcho.Wire.Page<Honcho.Wire.Conclusion>>(200);
        conclusions.MapPost("/query", ConclusionRoutes.QueryAsync).Is("v2_query_conclusions", "Find the conclusions closest to a query", Guard.Workspace).OnlyReads().Reads<ConclusionQuery>().Answers<IReadOnlyList<Honcho.Wire.Conclusion>>(200);
        conclusions.MapDelete("/{conclusion}", ConclusionRoutes.DeleteAsync).Is("v2_delete_conclusion", "Delete a conclusion", Guard.Workspace).AnswersNothing();
    }
}
