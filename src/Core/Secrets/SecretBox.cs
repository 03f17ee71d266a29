using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Kith.Core.Secrets;

/// <summary>
/// Keeps secrets in documents: sealed by AES-256-GCM under a key that no document holds, and each for one place, so that it opens at no other. The first key
/// seals; those after it still open what they sealed, while keys are replaced.
/// </summary>
/// <param name="keys">Texts that nobody can guess, of <see cref="FewestKeyCharacters"/> at least.</param>
public sealed class SecretBox(params IReadOnlyList<string> keys)
{
    public const int FewestKeyCharacters = 32;

    private const string Mark = "sealed1";
    private const int TagBytes = 16;
    private const int NonceBytes = 12;
    private const int KeyBytes = 32;
    private const int KeyIdBytes = 6;

    private readonly (string Id, byte[] Key)[] _keys = [.. keys.Select(KeyOf)];

    /// <summary>Without a key: nothing can be sealed or opened.</summary>
    public static SecretBox None { get; } = new();

    public bool CanSeal => _keys.Length > 0;

    /// <param name="place">Where it will lie: the same words must open it.</param>
    /// <exception cref="KithException">Conflict: there is no key.</exception>
    public string Seal(string secret, string place)
    {
        DemandKey();
        var plain = Encoding.UTF8.GetBytes(secret);
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(_keys[0].Key, TagBytes);
        cipher.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(place));
        return $"{Mark}.{_keys[0].Id}.{Base64Url.EncodeToString(bytes)}";
    }

    /// <summary>Null when it was sealed elsewhere, under a key that is gone, or changed since.</summary>
    public string? Open(string text, string place)
    {
        if (text.Split('.') is not [Mark, var id, var content] || Array.Find(_keys, key => key.Id == id).Key is not { } key || !Base64Url.IsValid(content))
            return null;
        var bytes = Base64Url.DecodeFromChars(content);
        if (bytes.Length < NonceBytes + TagBytes)
            return null;

        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(key, TagBytes);
            cipher.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain, Encoding.UTF8.GetBytes(place));
            return Encoding.UTF8.GetString(plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>Whether a text was made by <see cref="Seal"/>: a secret from before there was a key is not.</summary>
    public static bool IsSealed(string text) => text.StartsWith(Mark + ".", StringComparison.Ordinal);

    /// <exception cref="KithException">Conflict: there is no key.</exception>
    public void DemandKey()
    {
        if (!CanSeal)
            throw new KithException(ErrorCode.Conflict, "This server has no key to keep secrets with: set Secrets:Key") { Detail = "no_secrets_key" };
    }

    /// <summary>The id tells keys apart, and nothing of them.</summary>
    private static (string Id, byte[] Key) KeyOf(string text)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(text.Length, FewestKeyCharacters);
        var secret = Encoding.UTF8.GetBytes(text);
        var id = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyIdBytes, info: "kith secrets: id"u8.ToArray());
        return (Base64Url.EncodeToString(id), HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, KeyBytes, info: "kith secrets: key"u8.ToArray()));
    }
}
