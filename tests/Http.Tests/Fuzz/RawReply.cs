using System.Globalization;
using System.Text;

namespace Kith.Http.Tests.Fuzz;

/// <param name="Status">0 when the connection was closed without an answer.</param>
internal sealed record RawReply(int Status, string Head, string Body)
{
    public bool IsJson => Head.Contains("\r\nContent-Type: application/json", StringComparison.OrdinalIgnoreCase) || Head.Contains("\r\nContent-Type: application/problem+json", StringComparison.OrdinalIgnoreCase);

    public static RawReply Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0)
            return new RawReply(0, "", "");
        var head = Encoding.ASCII.GetString(bytes, 0, end);
        var body = bytes.AsSpan(end + 4);
        var isChunked = head.Contains("\r\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
        return new RawReply(int.Parse(head.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture), head, Encoding.UTF8.GetString(isChunked ? Unchunked(body) : body));
    }

    private static byte[] Unchunked(ReadOnlySpan<byte> body)
    {
        var whole = new List<byte>();
        while (body.IndexOf("\r\n"u8) is var line and > 0)
        {
            var length = int.Parse(body[..line], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            whole.AddRange(body.Slice(line + 2, length));
            body = body[(line + 2 + length + 2)..];
        }

        return [.. whole];
    }
}
