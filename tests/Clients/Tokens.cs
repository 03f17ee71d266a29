using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Kith.Clients.Hosts;

namespace Kith.Clients;

/// <summary>Keys of the guarded hosts, signed as docs/operations.md says.</summary>
internal static class Tokens
{
    public static string OfWorkspace(string workspace)
    {
        var signed = $"{Encode("""{"alg":"HS256","typ":"JWT"}"""u8)}.{Encode(JsonSerializer.SerializeToUtf8Bytes(new { w = workspace.Replace('.', '-') }))}";
        return $"{signed}.{Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Deployments.Secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);
}
