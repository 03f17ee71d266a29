using Kith.Http.Schema;

namespace Kith.Http.Links.Wire;

internal sealed record Link(string Peer, string Person, string CreatedAt)
{
    public static Link Of(Core.Directory.Link link) => new(link.Peer, link.Person, Moment.Format(link.CreatedAt));
}
