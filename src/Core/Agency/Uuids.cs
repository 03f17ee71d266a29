using System.Security.Cryptography;
using System.Text;

namespace Kith.Core.Agency;

/// <summary>Ids of the agents' door: UUIDs of version 4 in lower case.</summary>
public static class Uuids
{
    public static string New() => Guid.NewGuid().ToString("D");

    /// <summary>8-4-4-4-12 hexadecimal digits of any version; null when the text is none, else in lower case.</summary>
    public static string? Read(string? text) => text is not null && Guid.TryParseExact(text, "D", out var id) && text.Length == 36 ? id.ToString("D") : null;

    /// <summary>The same UUID for the same parts.</summary>
    public static string Of(params IReadOnlyList<string> parts)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(Ids.Of(parts)));
        hash[6] = (byte)((hash[6] & 0x0F) | 0x40);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
