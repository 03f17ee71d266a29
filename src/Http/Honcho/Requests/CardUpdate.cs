using Kith.Http.Schema;

namespace Kith.Http.Honcho.Requests;

internal sealed record CardUpdate(IReadOnlyList<string> PeerCard)
{
    public static CardUpdate? Read(Input body) =>
        body.Object() is not { } fields ? null : new(fields.Required("peer_card").List(line => line.Text())!);
}
