using System.Net.Http.Headers;

namespace Kith.Client.Transport;

/// <summary>Bodies that are too large to be kept in memory.</summary>
internal static class Bodies
{
    /// <summary>For each attempt from the same place on; what cannot be read again is sent once. The stream stays open.</summary>
    public static Call With(this Call call, Stream source, string mediaType)
    {
        var start = source.CanSeek ? source.Position : 0;
        return call with { Content = Content, CanRepeat = source.CanSeek };

        HttpContent Content()
        {
            if (source.CanSeek)
                source.Position = start;
            return new Kept(source) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        }
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
