using System.Security.Cryptography;
using System.Text;

namespace Kith.Core;

/// <summary>Server-made ids: 21 characters of <c>A-Za-z0-9_-</c>.</summary>
public static class Ids
{
    public const int Length = 21;
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    public static string New() => Encode(RandomNumberGenerator.GetBytes(Length));

    /// <summary>The same id for the same parts, so that repeated work finds what it wrote before.</summary>
    public static string Of(params IReadOnlyList<string> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        return Encode(hash.GetHashAndReset());
    }

    private static string Encode(byte[] bytes) =>
        string.Create(Length, bytes, static (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = Alphabet[source[i] & 63];
        });
}
