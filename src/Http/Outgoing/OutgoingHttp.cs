using System.Net;
using System.Net.Sockets;
using Kith.Core;

namespace Kith.Http.Outgoing;

/// <summary>
/// How Kith calls addresses that others named. Names are resolved for every connection, which goes to the address that was checked; none leads to a private one
/// unless the host allows it. Redirects are not followed, proxies and cookies are not used.
/// </summary>
internal static class OutgoingHttp
{
    /// <param name="who">What is called, for the refusal.</param>
    /// <param name="maxAnswerBytes">Of an answer that is read whole.</param>
    public static HttpClient Client(string who, bool allowPrivate, int maxAnswerBytes)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, who, allowPrivate, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = maxAnswerBytes };
    }

    /// <summary>Why the connection was not made; null where the network failed.</summary>
    public static string? RefusalOf(HttpRequestException exception)
    {
        for (Exception? cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is KithException refused)
                return refused.Message;
        }

        return null;
    }

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, string who, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken);
        var reachable = allowPrivate ? addresses : Array.FindAll(addresses, OutgoingAddress.IsPublic);
        if (reachable.Length == 0)
            throw new KithException(ErrorCode.Invalid, $"{who} has no public address");

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(reachable, endpoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException)
        {
            socket.Dispose();
            throw;
        }
    }
}
