using System.Text.Json;
using Kith.Core;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho.Requests;
using Kith.Http.Schema;

namespace Kith.Http.Honcho;

/// <summary>Rules that chat, representation and context share: who may look how far.</summary>
internal static class RecallRules
{
    /// <summary>The peer behind a scope is no participant (spec honcho-api §8).</summary>
    public static void RefuseScopePeers(params ReadOnlySpan<string?> names)
    {
        foreach (var name in names)
        {
            if (name?.StartsWith(Names.ScopePrefix, StringComparison.Ordinal) == true)
                throw new KithException(ErrorCode.Invalid, $"'{name}' is a scope and cannot be used as a peer here");
        }
    }

    public static void CheckScope(Caller caller, string workspace, IReadOnlyList<string>? scope, string? session, JsonElement? filters)
    {
        if (scope is null)
            return;
        if (session is not null || filters is not null)
            throw new KithException(ErrorCode.Invalid, "scope cannot be combined with session_id or filters");
        Gate.RequireWorkspaceKey(caller, workspace, "scope");
    }

    /// <summary>From when memory is looked at; not of the protocol, whose clients never say.</summary>
    public static Clocks ClocksOf(Moment? asOf, Moment? knownAt) => asOf is null && knownAt is null ? Clocks.Now : new(asOf?.Instant, knownAt?.Instant);

    /// <summary>Which conclusions a representation is to show, after checking that the caller may see them.</summary>
    public static async Task<RepresentationRequest> WantedAsync(ApiRequest request, string workspace, string peer, RepresentationQuery query, Scopes scopes, Gate gate)
    {
        RefuseScopePeers(peer, query.Target);
        CheckScope(request.Caller, workspace, query.Scope, query.SessionId, query.Filters);
        var allowed = Filtering.Allowlist(query.Filters, query.SessionId);
        await gate.RequireMembershipAsync(request.Caller, workspace, NamedSessions(query.SessionId, allowed), request.Aborted);

        if (query.Scope is not null)
            allowed = await scopes.AllowlistAsync(workspace, query.Scope, request.Aborted);
        else if (query.SessionId is not null)
            allowed = [query.SessionId];
        return new RepresentationRequest(workspace, peer, query.Target ?? peer)
        {
            SearchQuery = query.SearchQuery,
            SearchTopK = query.SearchTopK,
            SearchMaxDistance = query.SearchMaxDistance,
            IncludeMostFrequent = query.IncludeMostFrequent,
            MaxConclusions = query.MaxConclusions,
            Sessions = allowed,
            Clocks = ClocksOf(query.AsOf, query.KnownAt),
        };
    }

    public static IEnumerable<string> NamedSessions(string? session, IReadOnlyList<string>? allowed) =>
        session is null ? allowed ?? [] : [session, .. allowed ?? []];
}
