using System.Net.Http.Headers;

namespace Kith.Client.Transport;

/// <summary>Bodies that are too large to be kept in memory.</summary>
internal static class Bodies
{
    /// <summary>For each attempt from the same place on; the stream stays open.</summary>
    public static Func<HttpContent> Of(Stream source, string mediaType)
    {
        var start = source.CanSeek ? source.Position : 0;
        var isRead = false;
        return () =>
        {
            if (isRead && !source.CanSeek)
                throw new KithConnectionException("The first attempt failed, and what was sent cannot be read again.");
            if (source.CanSeek)
                source.Position = start;
            isRead = true;
            return new Kept(source) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        };
    }

    private sealed class Kept(Stream source) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => source.CopyToAsync(stream);

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken) => source.CopyToAsync(stream, cancellationToken);

        protected override bool TryComputeLength(out long length)
        {
            length = source.CanSeek ? source.Length - source.Position : 0;
            return source.CanSeek;
        }
    }
}
