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

/// <summary>Spec honcho-api §9.2 to §9.4.</summary>
internal static class PeerRoutes
{
    public static void MapPeers(this IEndpointRouteBuilder routes)
    {
        var peers = routes.MapGroup("/workspaces/{workspace}/peers").WithTags("peers");
        peers.MapPost("", CreateAsync).Is("create_peer", "Get or create a peer", Guard.Self).Reads<PeerCreate>().Answers<Wire.Peer>(201, 200);
        peers.MapPost("/list", ListAsync).Is("list_peers", "List the peers of a workspace", Guard.Workspace).OnlyReads().MayRead<PeerListing>().Paged().Answers<Wire.Page<Wire.Peer>>(200);

        var peer = peers.MapGroup("/{peer}");
        peer.MapPut("", UpdateAsync).Is("update_peer", "Update a peer", Guard.Peer).Reads<PeerUpdate>().Answers<Wire.Peer>(200);
        peer.MapPost("/sessions", SessionsAsync).Is("list_peer_sessions", "List the sessions of a peer", Guard.Peer).OnlyReads().MayRead<Listing>().Paged().Answers<Wire.Page<Wire.Session>>(200);
        peer.MapPost("/chat", ChatHandlers.AskPeerAsync).Is("chat", "Ask what a peer knows", Guard.Peer).OnlyReads().Reads<Chat>().Answers<Wire.ChatAnswer>(200);
        peer.MapPost("/representation", RepresentationAsync).Is("get_representation", "What a peer knows about itself or another", Guard.Peer).OnlyReads().Reads<RepresentationQuery>().Answers<Wire.Representation>(200);
        peer.MapGet("/card", CardAsync).Is("get_peer_card", "The card of a peer", Guard.Peer).Query("string", "target").Answers<Wire.PeerCard>(200);
        peer.MapPut("/card", SetCardAsync).Is("set_peer_card", "Replace the card of a peer", Guard.Peer).Query("string", "target").Reads<CardUpdate>().Answers<Wire.PeerCard>(200);
        peer.MapGet("/context", ContextAsync).Is("get_peer_context", "Representation and card of a peer", Guard.Peer)
            .Query("string", "target", "search_query").Query("integer", "tokens", "search_top_k", "max_conclusions").Query("number", "search_max_distance").Query("boolean", "include_most_frequent").Query("string", "as_of", "known_at")
            .Answers<Wire.PeerContext>(200);
        peer.MapPost("/search", SearchAsync).Is("search_peer", "Search the messages of a peer", Guard.Peer).OnlyReads().Reads<Search>().Answers<IReadOnlyList<Wire.Message>>(200);
    }

    public static async Task<IResult> CreateAsync(ApiRequest request, string workspace, Peers peers)
    {
        var body = request.Read(PeerCreate.Read);
        if (!request.Caller.OwnsPeer(workspace, body.Id))
            throw new KithException(ErrorCode.Forbidden, Gate.Unauthorized);
        var (peer, created) = await peers.GetOrCreateAsync(workspace, body.Id, body.Metadata, body.Configuration, request.Aborted);
        return Reply.Created(Wire.Peer.Of(peer), created, request.Dialect);
    }

    public static async Task<IResult> ListAsync(ApiRequest request, string workspace, Peers peers)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(PeerListing.Read);
        var page = await peers.ListAsync(workspace, body?.ToKinds() ?? PeerKinds.Peers, paging, Filtering.OfPeers(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<Wire.Peer>.Of(page, paging, Wire.Peer.Of));
    }

    public static async Task<IResult> UpdateAsync(ApiRequest request, string workspace, string peer, Peers peers)
    {
        var body = request.Read(PeerUpdate.Read);
        var (updated, _) = await peers.GetOrCreateAsync(workspace, peer, body.Metadata, body.Configuration, request.Aborted);
        return Reply.Json(Wire.Peer.Of(updated));
    }

    public static async Task<IResult> SessionsAsync(ApiRequest request, string workspace, string peer, Peers peers)
    {
        var paging = request.Paging();
        var body = request.ReadOptional(Listing.Read);
        var page = await peers.SessionsAsync(workspace, peer, paging, Filtering.OfSessions(body?.Filters), request.Aborted);
        return Reply.Json(Wire.Page<Wire.Session>.Of(page, paging, session => Wire.Session.Of(session, request.Dialect)));
    }

    private static async Task<IResult> RepresentationAsync(ApiRequest request, string workspace, string peer, Representations representations, Scopes scopes, Gate gate)
    {
        var wanted = await RecallRules.WantedAsync(request, workspace, peer, request.Read(RepresentationQuery.Read), scopes, gate);
        var representation = await representations.OfAsync(wanted, request.Aborted);
        request.Degraded(representation.IsTextOnly);
        return Reply.Json(new Wire.Representation(representation.Text));
    }

    private static async Task<IResult> CardAsync(ApiRequest request, string workspace, string peer, Peers peers, PeerCards cards)
    {
        var target = request.QueryText("target") ?? peer;
        if (await peers.FindAsync(workspace, peer, request.Aborted) is null)
            throw new KithException(ErrorCode.NotFound, $"Peer {peer} not found in workspace {workspace}");
        return Reply.Json(new Wire.PeerCard(await cards.FindAsync(workspace, peer, target, request.Aborted)));
    }

    private static async Task<IResult> SetCardAsync(ApiRequest request, string workspace, string peer, PeerCards cards)
    {
        var target = request.QueryText("target") ?? peer;
        var body = request.Read(CardUpdate.Read);
        await cards.SetAsync(workspace, peer, target, body.PeerCard, request.Aborted);
        return Reply.Json(new Wire.PeerCard(body.PeerCard));
    }

    private static async Task<IResult> ContextAsync(ApiRequest request, string workspace, string peer, Contexts contexts)
    {
        var tokens = request.Query("tokens").Integer(1, Limits.ContextTokens);
        var wanted = PeerContextQuery.Read(request, workspace, peer);
        var context = await contexts.OfPeerAsync(wanted, tokens, request.Aborted);
        request.Degraded(context.IsTextOnly);
        return Reply.Json(new Wire.PeerContext(peer, wanted.Observed, context.Representation, context.PeerCard, context.Truncation));
    }

    public static async Task<IResult> SearchAsync(ApiRequest request, string workspace, string peer, MessageSearch search)
    {
        var body = request.Read(Search.Read);
        var found = await search.SearchAsync(Filtering.OfSearch(new MessageSearchRequest(workspace, body.Query) { Limit = body.Limit, Peer = peer }, body.Filters, overridden: "peer_id"), request.Aborted);
        return SearchReply.Of(request, found, body.Query, body.IncludeScores);
    }
}
