using Azure.Core;

namespace Kith.Azure.Models;

/// <summary>Keeps a token until shortly before it expires: the client asks for one with every call, and not every credential remembers its last.</summary>
#pragma warning disable CA1001 // A semaphore without a wait handle holds nothing that has to be disposed.
internal sealed class KeptToken(TokenCredential credential, TimeProvider time) : TokenCredential
#pragma warning restore CA1001
{
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _gate = new(1);
    private AccessToken? _kept;

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => credential.GetToken(requestContext, cancellationToken);

    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            if (_kept is not { } token || time.GetUtcNow() >= (token.RefreshOn ?? token.ExpiresOn - Margin))
                _kept = token = await credential.GetTokenAsync(requestContext, cancellationToken);
            return token;
        }
        finally
        {
            _gate.Release();
        }
    }
}
