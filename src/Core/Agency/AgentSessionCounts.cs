namespace Kith.Core.Agency;

/// <param name="Total">Expired ones included until they are swept.</param>
/// <param name="ExpiringSoon">Active ones near their end.</param>
public sealed record AgentSessionCounts(long Total, long Active, long ExpiringSoon)
{
    public long Expired => Total - Active;
}
