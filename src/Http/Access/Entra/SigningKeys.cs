using System.Security.Cryptography;
using System.Text.Json;
using Kith.Core;

namespace Kith.Http.Access.Entra;

/// <summary>
/// The public keys that an issuer of tokens signs with, from its published document. They are read again twice a day, and when a token names one that is not among them,
/// but for that at most every five minutes: made-up key ids must not turn Kith against the issuer. When it does not answer, what is known stays good.
/// </summary>
/// <param name="address">Of the key set, or of the document that says where it is.</param>
internal sealed class SigningKeys(Uri address, HttpClient client, TimeProvider time) : IDisposable
{
    private const int FewestBits = 2048;
    private static readonly TimeSpan Life = TimeSpan.FromHours(12);
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, SigningKey> _keys = [];
    private DateTimeOffset? _readAt;
    private DateTimeOffset? _triedAt;

    /// <summary>Null when the issuer has no such key.</summary>
    /// <exception cref="KithException">Unavailable: the keys were never read, and cannot be now.</exception>
    public async ValueTask<SigningKey?> FindAsync(string id, CancellationToken cancellationToken)
    {
        if (!IsDue(id))
            return _keys.GetValueOrDefault(id);

        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (IsDue(id))
            {
                // Noted afterwards: until then those who come meanwhile wait for what this finds.
                _keys = await ReadAsync(cancellationToken);
                _readAt = _triedAt = time.GetUtcNow();
            }
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or InvalidOperationException or KeyNotFoundException or CryptographicException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            if (_readAt is null)
                throw new KithException(ErrorCode.Unavailable, "The issuer's signing keys cannot be read now; try again.", fault);
            _triedAt = time.GetUtcNow();
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

    private async Task<Dictionary<string, SigningKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var set = await GetAsync(address, cancellationToken);
        if (Jwt.Text(set, "jwks_uri") is { } elsewhere)
            set = await GetAsync(Beside(elsewhere), cancellationToken);
        var keys = new Dictionary<string, SigningKey>();
        foreach (var key in set.GetProperty("keys").EnumerateArray())
        {
            if (Jwt.Text(key, "kty") != "RSA" || Jwt.Text(key, "use") is not (null or "sig") || Jwt.Text(key, "alg") is not (null or "RS256") || Jwt.Text(key, "kid") is not { } id)
                continue;
            if (Jwt.Decode(Jwt.Text(key, "n") ?? "") is not { Length: > 0 } modulus || Jwt.Decode(Jwt.Text(key, "e") ?? "") is not { Length: > 0 } exponent)
                continue;
            var rsa = RSA.Create(new RSAParameters { Modulus = modulus, Exponent = exponent });
            if (rsa.KeySize >= FewestBits)
                keys[id] = new SigningKey(rsa, Jwt.Claim(key, "endorsements") is { ValueKind: JsonValueKind.Array } given ? [.. given.EnumerateArray().Select(one => one.GetString()!)] : []);
        }

        return keys;
    }

    private async Task<JsonElement> GetAsync(Uri from, CancellationToken cancellationToken) => JsonElement.Parse(await client.GetByteArrayAsync(from, cancellationToken));

    /// <exception cref="InvalidOperationException">The keys are said to be at another host than the document.</exception>
    private Uri Beside(string text) => Uri.TryCreate(text, UriKind.Absolute, out var found) && found.Scheme == address.Scheme && found.Authority == address.Authority
        ? found
        : throw new InvalidOperationException("An issuer publishes its keys where it publishes itself");
}
