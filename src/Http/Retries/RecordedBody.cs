namespace Kith.Http.Retries;

/// <summary>
/// Keeps what a handler answers. An answer that is flushed in parts is streamed: its parts go on at once; another one is held back until <see cref="SendAsync"/>,
/// so that it can be kept before anybody has it.
/// </summary>
internal sealed class RecordedBody(Stream client, int limit) : Stream
{
    private readonly MemoryStream _kept = new();
    private bool _streams;

    /// <summary>Null when it is larger than what can be kept.</summary>
    public byte[]? Kept => _kept.Length <= limit ? _kept.ToArray() : null;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public async Task SendAsync(CancellationToken cancellationToken)
    {
        if (!_streams)
            await client.WriteAsync(_kept.GetBuffer().AsMemory(0, (int)_kept.Length), cancellationToken);
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_streams || _kept.Length <= limit)
            _kept.Write(buffer.Span);
        if (_streams)
            await client.WriteAsync(buffer, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (!_streams)
            await SendAsync(cancellationToken);
        _streams = true;
        await client.FlushAsync(cancellationToken);
    }

    public override void Flush() => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
