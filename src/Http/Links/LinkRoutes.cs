using Kith.Core.Directory;
using Kith.Http.Access;
using Kith.Http.Honcho;
using Kith.Http.Links.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Kith.Http.Links;

/// <summary>Peers that are one person: what is known of them is joined, and apart again when the link is taken back.</summary>
internal static class LinkRoutes
{
    public static void MapLinks(this IEndpointRouteBuilder routes)
    {
        var links = routes.MapGroup("/v1/workspaces/{workspace}/peers/{peer}/links").AddEndpointFilter(Gate.FilterAsync).WithTags("links");
        links.MapPost("", LinkAsync).Is("link_peer", "Make another peer the same person as this one", Guard.Workspace).Reads<LinkCreate>().Answers<Wire.Link>(201, 200);
        links.MapGet("", ListAsync).Is("list_links", "The peers that are linked to this one", Guard.Workspace).Answers<IReadOnlyList<Wire.Link>>(200);
        links.MapDelete("/{linked}", UnlinkAsync).Is("unlink_peer", "Take a link back: each has its own again", Guard.Workspace).AnswersNothing();
    }

    private static async Task<IResult> LinkAsync(ApiRequest request, string workspace, string peer, Core.Directory.Links links)
    {
        var body = request.Read(LinkCreate.Read);
        var (link, created) = await links.LinkAsync(workspace, peer, body.Peer, request.Aborted);
        return Reply.Json(Wire.Link.Of(link), LinksJson.Relaxed, created ? StatusCodes.Status201Created : StatusCodes.Status200OK);
    }

    private static async Task<IResult> ListAsync(ApiRequest request, string workspace, string peer, Core.Directory.Links links) =>
        Reply.Json<IReadOnlyList<Wire.Link>>([.. (await links.ListAsync(workspace, peer, request.Aborted)).Select(Wire.Link.Of)], LinksJson.Relaxed);

    private static async Task<IResult> UnlinkAsync(ApiRequest request, string workspace, string peer, string linked, Core.Directory.Links links)
    {
        await links.UnlinkAsync(workspace, peer, linked, request.Aborted);
        return Reply.Nothing;
    }
}
