using System.Security.Cryptography;
using System.Text;

namespace Kith.Http.Hooks;

/// <summary>Comparisons that take as long for a nearly right proof as for a wrong one.</summary>
internal static class Proofs
{
    /// <summary>Whether a text is these bytes in hexadecimal, of either case.</summary>
    public static bool IsHex(ReadOnlySpan<char> given, ReadOnlySpan<byte> expected)
    {
        Span<byte> bytes = stackalloc byte[64];
        return given.Length == 2 * expected.Length
            && Convert.FromHexString(given, bytes, out _, out var written) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(bytes[..written], expected);
    }

    /// <summary>Whether a text is these bytes in base 64.</summary>
    public static bool IsBase64(ReadOnlySpan<char> given, ReadOnlySpan<byte> expected)
    {
        Span<byte> bytes = stackalloc byte[64];
        return given.Length <= 64 && Convert.TryFromBase64Chars(given, bytes, out var written) && CryptographicOperations.FixedTimeEquals(bytes[..written], expected);
    }

    /// <summary>Whether two texts are the same; not even their lengths are told.</summary>
    public static bool IsText(string given, string expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(expected)));
}
