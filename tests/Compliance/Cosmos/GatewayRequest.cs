namespace Kith.Compliance.Tests.Cosmos;

internal enum GatewayRequestKind
{
    /// <summary>Account, database, containers, ranges: what the client asks once.</summary>
    Metadata,
    Read,
    Query,
    Batch,
}

/// <summary>A request that the gateway double has answered.</summary>
/// <param name="HasFullKey">Whether it names one logical partition.</param>
/// <param name="Sql">Of a query.</param>
internal sealed record GatewayRequest(GatewayRequestKind Kind, string Container, bool HasFullKey, string? Sql = null);
