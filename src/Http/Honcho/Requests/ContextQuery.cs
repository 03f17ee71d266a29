using Kith.Core;
using Kith.Core.Context;
using Kith.Http.Access;

namespace Kith.Http.Honcho.Requests;

/// <summary>The query of a session context (spec honcho-api §9.6 and §12.2).</summary>
internal sealed record ContextQuery(
    int? Tokens,
    bool Summary,
    string? Target,
    string? Perspective,
    string? SearchQuery,
    bool LimitToSession,
    IReadOnlyList<string>? Sessions,
    string? Scope,
    int? SearchTopK,
    double? SearchMaxDistance,
    bool IncludeMostFrequent,
    int? MaxConclusions)
{
    /// <summary>Checked for which options go together, and which of them the caller may use.</summary>
    public static SessionContextRequest Read(ApiRequest request, string workspace, string session)
    {
        var dialect = request.Dialect;
        var query = new ContextQuery(
            request.Query("tokens").Integer(max: Limits.ContextTokens),
            request.Query("summary").Boolean() ?? true,
            request.QueryText("peer_target"),
            request.QueryText("peer_perspective"),
            request.QueryText(dialect.ContextSearchQuery),
            request.Query("limit_to_session").Boolean() ?? false,
            request.QueryList("sessions"),
            request.Query("scope").Name(Limits.ScopeIdCharacters),
            request.Query("search_top_k").Integer(1, 100),
            request.Query("search_max_distance").Number(0, 1),
            request.Query(dialect.IncludeMostFrequent).Boolean() ?? false,
            request.Query(dialect.MaxConclusions).Integer(1, 100));
        request.Check();
        query.Check(request.Caller, workspace, session);
        return query.For(workspace, session, dialect.TargetsMayBeUnknown);
    }

    private void Check(Caller caller, string workspace, string session)
    {
        Require(Target is not null || Perspective is null, "peer_target must be provided if peer_perspective is provided");
        Require(Target is not null || Sessions is null, "peer_target must be provided if sessions is provided");
        Require(Target is not null || Scope is null, "peer_target must be provided if scope is provided");
        Require(Sessions is null || (Scope is null && !LimitToSession), "sessions cannot be combined with scope or limit_to_session");
        Require(Scope is null || (Perspective is null && !LimitToSession), "scope cannot be combined with peer_perspective or limit_to_session");
        Require(Sessions is null || Sessions.Contains(session), $"sessions must contain '{session}'");
        Require(Sessions is null || Sessions.Count <= Limits.SessionsPerAllowlist, $"sessions must have at most {Limits.SessionsPerAllowlist} entries");
        RecallRules.RefuseScopePeers(Target, Perspective);
        if (Scope is not null)
            Gate.RequireWorkspaceKey(caller, workspace, "scope");
        if (Target is not null && caller.IsPeerOf(workspace) && (Perspective ?? Target) != caller.Peer)
            throw new KithException(ErrorCode.Forbidden, Gate.NotPermitted);
    }

    private SessionContextRequest For(string workspace, string session, bool mayLackTarget) => new(workspace, session)
    {
        Tokens = Tokens ?? Limits.ContextTokens,
        Summary = Summary,
        Target = Target,
        Perspective = Perspective,
        SearchQuery = SearchQuery,
        SearchTopK = SearchTopK,
        SearchMaxDistance = SearchMaxDistance,
        IncludeMostFrequent = IncludeMostFrequent,
        MaxConclusions = MaxConclusions ?? 100,
        Sessions = LimitToSession ? [session] : Sessions,
        Scope = Scope,
        MayLackTarget = mayLackTarget,
    };

    private static void Require(bool holds, string otherwise)
    {
        if (!holds)
            throw new KithException(ErrorCode.Invalid, otherwise);
    }
}
