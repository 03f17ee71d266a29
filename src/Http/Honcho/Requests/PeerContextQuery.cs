using Kith.Core.Memory;

namespace Kith.Http.Honcho.Requests;

/// <summary>The query of a peer context (spec honcho-api §9.2 and §12.2).</summary>
internal static class PeerContextQuery
{
    public static RepresentationRequest Read(ApiRequest request, string workspace, string peer)
    {
        var dialect = request.Dialect;
        var target = request.QueryText("target") ?? peer;
        var wanted = new RepresentationRequest(workspace, peer, target)
        {
            SearchQuery = request.QueryText("search_query"),
            SearchTopK = request.Query("search_top_k").Integer(1, 100),
            SearchMaxDistance = request.Query("search_max_distance").Number(0, 1),
            IncludeMostFrequent = request.Query(dialect.IncludeMostFrequent).Boolean() ?? true,
            MaxConclusions = request.Query(dialect.MaxConclusions).Integer(1, 100) ?? 100,
            Clocks = RecallRules.ClocksOf(request.Query("as_of").Time(), request.Query("known_at").Time()),
        };
        request.Check();
        RecallRules.RefuseScopePeers(peer, target);
        return wanted;
    }
}
