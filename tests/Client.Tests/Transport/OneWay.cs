namespace Kith.Client.Tests.Transport;

/// <summary>What can be read once, such as a pipe; an endless one has nothing more to say and does not end.</summary>
internal sealed class OneWay(byte[] content) : Stream
{
    private int _read;

    public bool IsEndless { get; init; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsEndless)
            await Task.Delay(Timeout.Infinite, cancellationToken);
        var count = Math.Min(buffer.Length, content.Length - _read);
        content.AsMemory(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => ReadAsync(buffer.AsMemory(offset, count)).AsTask().GetAwaiter().GetResult();

    /// <summary>Takes nothing: a full disk.</summary>
    public override void Write(byte[] buffer, int offset, int count) => throw new IOException("No space left on device");

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
