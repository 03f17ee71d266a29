using Kith.Core;
using Kith.Core.Directory;
using Kith.Core.Memory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Honcho.Requests;
using Kith.Http.HonchoV2.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.HonchoV2;

/// <summary>Spec honcho-api §12.2 and §12.3.</summary>
internal static class PeerRoutes
{
    public static void MapPeers(this IEndpointRouteBuilder routes)
    {
        var peers = routes.MapGroup("/workspaces/{workspace}/peers").WithTags("v2 peers");
        peers.MapPost("", Honcho.PeerRoutes.CreateAsync).Is("v2_create_peer", "Get or create a peer", Guard.Self).Reads<PeerCreate>().Answers<Honcho.Wire.Peer>(200);
        peers.MapPost("/list", Honcho.PeerRoutes.ListAsync).Is("v2_list_peers", "List the peers of a workspace", Guard.Workspace).OnlyReads().MayRead<PeerListing>().Paged().Answers<Honcho.Wire.Page<Honcho.Wire.Peer>>(200);

        var peer = peers.MapGroup("/{peer}");
        peer.MapPut("", Honcho.PeerRoutes.UpdateAsync).Is("v2_update_peer", "Update a peer", Guard.Peer).Reads<PeerUpdate>().Answers<Honcho.Wire.Peer>(200);
        peer.MapPost("/sessions", Honcho.PeerRoutes.SessionsAsync).Is("v2_list_peer_sessions", "List the sessions of a peer", Guard.Peer).OnlyReads().MayRead<Listing>().Paged().Answers<Honcho.Wire.Page<Honcho.Wire.Session>>(200);
        peer.MapPost("/chat", ChatHandlers.AskPeerAsync).Is("v2_chat", "Ask what a peer knows", Guard.Peer).OnlyReads().Reads<Chat>().Answers<Honcho.Wire.ChatAnswer>(200);
        peer.MapPost("/representation", RepresentationAsync).Is("v2_get_working_representation", "What a peer knows about itself or another", Guard.Peer).OnlyReads().Reads<WorkingRepresentationQuery>().Answers<Wire.WorkingRepresentation>(200);
        peer.MapGet("/card", CardAsync).Is("v2_get_peer_card", "The card of a peer", Guard.Peer).Query("string", "target").Answers<Honcho.Wire.PeerCard>(200);
        peer.MapPut("/card", SetCardAsync).Is("v2_set_peer_card", "Replace the card of a peer", Guard.Peer).Query("string", "target").Reads<CardUpdate>().Answers<Honcho.Wire.PeerCard>(200);
        peer.MapGet("/context", ContextAsync).Is("v2_get_peer_context", "Representation and card of a peer", Guard.Peer)
            .Query("string", "target", "search_query").Query("integer", "search_top_k", "max_observations").Query("number", "search_max_distance").Query("boolean", "include_most_derived")
            .Answers<Wire.StructuredPeerContext>(200);
        peer.MapPost("/search", Honcho.PeerRoutes.SearchAsync).Is("v2_search_peer", "Search the messages of a peer", Guard.Peer).OnlyReads().Reads<Search>().Answers<IReadOnlyList<Honcho.Wire.Message>>(200);
    }

    private static async Task<IResult> RepresentationAsync(ApiRequest request, string workspace, string peer, Representations representations, Scopes scopes, Gate gate)
    {
        var query = request.Read(WorkingRepresentationQuery.Read).ToQuery();
        var known = await KnownAsync(request, representations, await RecallRules.WantedAsync(request, workspace, peer, query, scopes, gate));
        return Reply.Json(new Wire.WorkingRepresentation(known, known.Explicit, known.Deductive), HonchoV2Json.Relaxed);
    }

    private static async Task<IResult> CardAsync(ApiRequest request, string workspace, string peer, PeerCards cards)
    {
        var target = request.QueryText("target") ?? peer;
        return Reply.Json(new Honcho.Wire.PeerCard(await cards.FindAsync(workspace, peer, target, request.Aborted)));
    }

    private static async Task<IResult> SetCardAsync(ApiRequest request, string workspace, string peer, Peers peers, PeerCards cards)
    {
        var body = request.Read(CardUpdate.Read);
        if (await peers.FindAsync(workspace, peer, request.Aborted) is null)
            throw new KithException(ErrorCode.NotFound, $"Peer {peer} not found in workspace {workspace}");
        await cards.SetAsync(workspace, peer, request.QueryText("target") ?? peer, body.PeerCard, request.Aborted);
        return Reply.Json(new Honcho.Wire.PeerCard(body.PeerCard));
    }

    private static async Task<IResult> ContextAsync(ApiRequest request, string workspace, string peer, Representations representations, PeerCards cards)
    {
        var wanted = PeerContextQuery.Read(request, workspace, peer);
        var known = await KnownAsync(request, representations, wanted);
        // The card tells about now.
        var card = wanted.Clocks == Clocks.Now ? await cards.FindAsync(workspace, peer, wanted.Observed, request.Aborted) : null;
        return Reply.Json(new Wire.StructuredPeerContext(peer, wanted.Observed, known, card), HonchoV2Json.Relaxed);
    }

    private static async Task<Wire.StructuredRepresentation> KnownAsync(ApiRequest request, Representations representations, RepresentationRequest wanted)
    {
        var representation = await representations.OfAsync(wanted, request.Aborted);
        request.Degraded(representation.IsTextOnly);
        return Wire.StructuredRepresentation.Of(await representations.WithSourcesAsync(representation.Conclusions, request.Aborted));
    }
}
