using System.Security.Cryptography;

namespace Kith.ConsolePages;

/// <summary>A file of the console as it is sent.</summary>
/// <param name="ETag">Of its content, in quotes.</param>
public sealed record ConsoleFile(ReadOnlyMemory<byte> Content, string ContentType, string ETag)
{
    internal static ConsoleFile Of(string name, byte[] content) =>
        new(content, TypeOf(name), $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 16))}\"");

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        var extension => throw new InvalidOperationException($"The console has no content type for {extension}."),
    };
}
