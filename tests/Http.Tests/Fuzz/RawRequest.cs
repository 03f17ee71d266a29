using System.Net.Sockets;
using System.Text;

namespace Kith.Http.Tests.Fuzz;

/// <summary>A request as it goes over the wire: nothing in it is checked, escaped or corrected on the way.</summary>
/// <param name="Target">Path and query.</param>
/// <param name="BodyLength">What the header claims; null for the truth.</param>
internal sealed record RawRequest(string Method, string Target, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, long? BodyLength = null)
{
    /// <summary>Whether the head promises more than the body holds. What the server makes of a connection that ends so is its own reader's business.</summary>
    public bool IsCutShort => BodyLength > Body.Length || Headers.Any(header => header.Name == "Transfer-Encoding");

    public RawRequest With(string header, string value) => this with { Headers = [.. Headers.Where(other => !other.Name.Equals(header, StringComparison.OrdinalIgnoreCase)), (header, value)] };

    public async Task<RawReply> SendAsync(Uri server, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, cancellationToken);
        var stream = client.GetStream();
        var received = new MemoryStream();
        var receiving = stream.CopyToAsync(received, cancellationToken);
        try
        {
            await stream.WriteAsync(Head(server), cancellationToken);
            await stream.WriteAsync(Body, cancellationToken);
            // Whoever was promised more learns now that nothing follows.
            if (IsCutShort)
                client.Client.Shutdown(SocketShutdown.Send);
            await receiving;
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            // A server may refuse and hang up before it has read everything; what it said until then counts.
        }

        return RawReply.Parse(received.ToArray());
    }

    public override string ToString()
    {
        var body = Encoding.UTF8.GetString(Body, 0, Math.Min(Body.Length, 2_000));
        return $"{Method} {Target} {string.Join("; ", Headers.Select(header => $"{header.Name}: {header.Value}"))} [{Body.Length} of {BodyLength ?? Body.Length}] {body}";
    }

    private byte[] Head(Uri server)
    {
        var head = new StringBuilder($"{Method} {Target} HTTP/1.1\r\nHost: {server.Authority}\r\nConnection: close\r\nContent-Length: {BodyLength ?? Body.Length}\r\n");
        foreach (var (name, value) in Headers)
            head.Append($"{name}: {value}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}
