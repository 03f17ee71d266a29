using Kith.Core;
using Kith.Http.Access.Entra;

namespace Kith.Http.Access;

/// <summary>Tells from what a request carries who sends it: a key of Kith, a JWT signed with the server's secret, or a token of Entra ID.</summary>
internal sealed class Credentials(Tokens tokens, Core.Access.Keys keys, EntraTokens entra)
{
    /// <exception cref="KithException">Forbidden: nobody whom this server knows. Unavailable: Entra's signing keys cannot be read now.</exception>
    public async ValueTask<Caller> IdentifyAsync(string credential, CancellationToken cancellationToken)
    {
        if (Core.Access.Keys.IsToken(credential))
            return Caller.Of(await keys.FindAsync(credential, cancellationToken) ?? throw new KithException(ErrorCode.Forbidden, "Invalid key"));
        if (entra.Claims(credential))
            return await entra.VerifyAsync(credential, cancellationToken);

        var caller = tokens.Verify(credential);
        if (caller.KeyId is null || await keys.FindSignedAsync(caller.Workspace, caller.KeyId, cancellationToken) is not null)
            return caller;
        throw new KithException(ErrorCode.Forbidden, "Invalid JWT");
    }
}
