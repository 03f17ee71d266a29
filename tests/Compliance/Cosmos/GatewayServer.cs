using System.Net;
using System.Net.Sockets;

namespace Kith.Compliance.Tests.Cosmos;

/// <summary>The gateway double on a port of this machine, for clients in other processes.</summary>
internal sealed class GatewayServer : IAsyncDisposable
{
    private readonly CosmosGateway _gateway;
    private readonly HttpMessageInvoker _invoker;
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public GatewayServer(CosmosGateway gateway)
    {
        _gateway = gateway;
        _invoker = new HttpMessageInvoker(gateway, disposeHandler: false);
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            Address = new Uri($"http://{probe.LocalEndpoint}/");
        }
        _listener.Prefixes.Add(Address.AbsoluteUri);
        _listener.Start();
        _serving = ServeAsync();
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _invoker.Dispose();
        _gateway.Dispose();
    }

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync());
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        using var request = new HttpRequestMessage(new HttpMethod(context.Request.HttpMethod), context.Request.Url);
        var body = new MemoryStream();
        await context.Request.InputStream.CopyToAsync(body);
        if (body.Length > 0)
            request.Content = new ByteArrayContent(body.ToArray());
        foreach (var name in context.Request.Headers.AllKeys.OfType<string>())
            request.Headers.TryAddWithoutValidation(name, context.Request.Headers[name]);
        using var response = await _invoker.SendAsync(request, CancellationToken.None);
        context.Response.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers)
            context.Response.Headers[name] = string.Join(',', values);
        context.Response.ContentType = "application/json";
        if (response.StatusCode != HttpStatusCode.NotModified)
            await context.Response.OutputStream.WriteAsync(await response.Content.ReadAsByteArrayAsync());
        context.Response.Close();
    }
}
