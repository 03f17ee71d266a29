namespace Kith.Core.Storage;

/// <summary>Cosmos DB's limits, enforced by every store so that what works on one machine works in Azure.</summary>
public static class StoreLimits
{
    /// <summary>Operations in one atomic batch.</summary>
    public const int BatchOperations = 100;

    /// <summary>Bytes of all bodies of one batch, and of one document.</summary>
    public const int Bytes = 2 * 1024 * 1024;

    /// <summary>UTF-8 bytes of an id. Ids also hold none of <c>/ \ ? #</c> and do not end in a space.</summary>
    public const int IdBytes = 1023;

    /// <summary>Documents in one page of a query.</summary>
    public const int PageSize = 1000;
}
