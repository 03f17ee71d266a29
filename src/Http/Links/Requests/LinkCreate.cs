using Kith.Http.Schema;

namespace Kith.Http.Links.Requests;

internal sealed record LinkCreate(string Peer)
{
    public static LinkCreate? Read(Input body) => body.Object()?.Only("peer") is not { } fields ? null : new(fields.Required("peer").Name()!);
}
