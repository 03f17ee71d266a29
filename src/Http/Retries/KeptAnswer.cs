using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Kith.Http.Retries;

/// <summary>
/// A first answer as it is kept for repetitions: encrypted with a key that is made of what only the caller sends again, its Idempotency-Key and its request. The
/// store has hashes of neither that would give the key away, so that what lies there says nothing to whoever reads it.
/// </summary>
internal sealed partial record KeptAnswer(int Status, string? Type, string? Location, string? ETag, byte[] Body) : IResult
{
    private const int TagBytes = 16;

    /// <param name="secret">What the caller sends again.</param>
    public byte[] Seal(string secret)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(this, KeptAnswerJson.Default.KeptAnswer);
        var nonce = RandomNumberGenerator.GetBytes(AesGcm.NonceByteSizes.MaxSize);
        var cipher = new byte[plain.Length];
        var tag = new byte[TagBytes];
        using var aes = new AesGcm(KeyOf(secret), TagBytes);
        aes.Encrypt(nonce, plain, cipher, tag);
        return [.. nonce, .. tag, .. cipher];
    }

    /// <summary>Null when it was sealed with another secret.</summary>
    public static KeptAnswer? Open(ReadOnlySpan<byte> sealedAnswer, string secret)
    {
        var nonce = sealedAnswer[..AesGcm.NonceByteSizes.MaxSize];
        var tag = sealedAnswer.Slice(nonce.Length, TagBytes);
        var cipher = sealedAnswer[(nonce.Length + TagBytes)..];
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(KeyOf(secret), TagBytes);
        try
        {
            aes.Decrypt(nonce, cipher, tag, plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonSerializer.Deserialize(plain, KeptAnswerJson.Default.KeptAnswer);
    }

    public Task ExecuteAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        response.ContentType = Type;
        if (Location is not null)
            response.Headers.Location = Location;
        if (ETag is not null)
            response.Headers.ETag = ETag;
        if (Body.Length == 0)
            return Task.CompletedTask;
        response.ContentLength = Body.Length;
        return response.Body.WriteAsync(Body, context.RequestAborted).AsTask();
    }

    private static byte[] KeyOf(string secret) => HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: "kith kept answer"u8.ToArray());

    [JsonSerializable(typeof(KeptAnswer))]
    private sealed partial class KeptAnswerJson : JsonSerializerContext;
}
