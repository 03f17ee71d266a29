using System.Net;
using System.Net.Sockets;
using Kith.Core;
using Kith.Http.Honcho.Requests;

namespace Kith.Http.Porting;

internal static class OutgoingClient
{
    public static HttpClient Create(string who, bool allowPrivate, int maxAnswerBytes)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context.DnsEndPoint, who, allowPrivate, cancellationToken),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = maxAnswerBytes };
    }

    public static string? RefusalOf(HttpRequestException exception) => (exception.InnerException as KithException)?.Message;

    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, string who, bool allowPrivate, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(endpoint.Host, cancellationToken);
        var reachable = allowPrivate ? addresses : Array.FindAll(addresses, WebhookAddress.IsPublic);
        if (reachable.Length == 0)
            throw new KithException(ErrorCode.Invalid, $"{who} has no public address");
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(reachable, endpoint.Port, cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
