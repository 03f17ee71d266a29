using Azure.Core;
using Azure.Identity;

namespace Kith.Azure.Identity;

/// <summary>As whom Kith signs in, everywhere the same.</summary>
public static class EntraIdentity
{
    /// <param name="clientId">Of a user-assigned identity: it is asked for at once, without the attempts that cost a cold start seconds. Null for the process's own, whatever that is.</param>
    public static TokenCredential Of(string? clientId) =>
        clientId is null ? new DefaultAzureCredential() : new ManagedIdentityCredential(ManagedIdentityId.FromUserAssignedClientId(clientId));
}
