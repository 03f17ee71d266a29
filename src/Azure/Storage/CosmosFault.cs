using System.Net;
using Azure.Identity;
using Kith.Core;
using Microsoft.Azure.Cosmos;

namespace Kith.Azure.Storage;

/// <summary>What may go wrong between here and Cosmos DB, and what that says about the request.</summary>
internal static class CosmosFault
{
    /// <summary>Substatus of a 403 (learn.microsoft.com/azure/cosmos-db/nosql/troubleshoot-forbidden).</summary>
    private const int PartitionIsFull = 1014;

    /// <summary>Asked for a document that is not there; as opposed to a container that is not there.</summary>
    public static bool IsMissing(HttpStatusCode status, Headers headers) => status == HttpStatusCode.NotFound && headers.GetValueOrDefault("x-ms-substatus") is null or "0";

    /// <summary>Nobody's fault and soon over. Throttling (429) and writes that came in between (449) are not among it: the client has waited and repeated by itself.</summary>
    public static bool IsPassing(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        CosmosException cosmos => (int)cosmos.StatusCode is 408 or 410 or >= 500,
        OperationCanceledException => !cancellationToken.IsCancellationRequested,
        _ => exception is HttpRequestException or IOException or TimeoutException,
    };

    /// <summary>What callers hear, without anything of the request. Null for what is a mistake in the program.</summary>
    public static KithException? Translated(Exception exception, CancellationToken cancellationToken) => exception switch
    {
        CosmosException { StatusCode: HttpStatusCode.BadRequest } => null,
        CosmosException { StatusCode: HttpStatusCode.RequestEntityTooLarge } =>
            new KithException(ErrorCode.BudgetExceeded, "What was to be stored at once is more than Cosmos DB takes.", exception) { Detail = "too_large" },
        CosmosException { StatusCode: HttpStatusCode.Forbidden, SubStatusCode: PartitionIsFull } =>
            new KithException(ErrorCode.BudgetExceeded, "This session, pair or list has reached the 20 GB that Cosmos DB keeps together.", exception) { Detail = "too_large" },
        CosmosException { StatusCode: HttpStatusCode.NotFound } => Unavailable("The database or one of its containers does not exist.", exception),
        CosmosException { StatusCode: HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden } => Unavailable("Cosmos DB does not let this identity in.", exception),
        AuthenticationFailedException => Unavailable("No Entra token for Cosmos DB; try again.", exception),
        CosmosException cosmos => Unavailable($"Cosmos DB answered {(int)cosmos.StatusCode}; try again.", exception),
        _ => IsPassing(exception, cancellationToken) ? Unavailable("Cosmos DB does not answer; try again.", exception) : null,
    };

    private static KithException Unavailable(string message, Exception exception) => new(ErrorCode.Unavailable, message, exception);
}
