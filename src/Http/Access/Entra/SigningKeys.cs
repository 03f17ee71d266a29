using System.Security.Cryptography;
using System.Text.Json;
using Kith.Core;

namespace Kith.Http.Access.Entra;

/// <summary>
/// The public keys that a directory signs with, from its published document. They are read again twice a day, and when a token names one that is not among them,
/// but for that at most every five minutes: made-up key ids must not turn Kith against the directory. When it does not answer, what is known stays good.
/// </summary>
internal sealed class SigningKeys(EntraOptions options, HttpClient client, TimeProvider time) : IDisposable
{
    private const int FewestBits = 2048;
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, RSA> _keys = [];
    private DateTimeOffset? _readAt;
    private DateTimeOffset? _triedAt;

    /// <summary>Null when the directory has no such key.</summary>
    /// <exception cref="KithException">Unavailable: the keys were never read, and cannot be now.</exception>
    public async ValueTask<RSA?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsDue(id))
            return _keys.GetValueOrDefault(id);

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsDue(id))
            {
                _triedAt = time.GetUtcNow();
                _keys = await ReadAsync(cancellationToken);
                _readAt = time.GetUtcNow();
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException or CryptographicException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            if (_readAt is null)
            {
                _triedAt = null;
                throw new KithException(ErrorCode.Unavailable, "The signing keys of Entra ID cannot be read now; try again.", fault);
            }
        }
        finally
        {
            _turn.Release();
        }

        return _keys.GetValueOrDefault(id);
    }

    public void Dispose()
    {
        client.Dispose();
        _turn.Dispose();
    }

    private bool IsDue(string id)
    {
        var now = time.GetUtcNow();
        return (_readAt is null || now - _readAt > Life || !_keys.ContainsKey(id)) && !(now - _triedAt < Pause);
    }

    private async Task<Dictionary<string, RSA>> ReadAsync(CancellationToken cancellationToken)
    {
        using var document = JsonDocument.Parse(await client.GetByteArrayAsync(new Uri(options.Authority, $"/{options.TenantId}/discovery/v2.0/keys"), cancellationToken));
        var keys = new Dictionary<string, RSA>();
        foreach (var key in document.RootElement.GetProperty("keys").EnumerateArray())
        {
            if (Jwt.Text(key, "kty") != "RSA" || Jwt.Text(key, "use") is not (null or "sig") || Jwt.Text(key, "alg") is not (null or "RS256") || Jwt.Text(key, "kid") is not { } id)
                continue;
            if (Jwt.Decode(Jwt.Text(key, "n") ?? "") is not { Length: > 0 } modulus || Jwt.Decode(Jwt.Text(key, "e") ?? "") is not { Length: > 0 } exponent)
                continue;
            var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
            if (rsa.KeySize >= FewestBits)
                keys[id] = rsa;
        }

        return keys;
    }
}
