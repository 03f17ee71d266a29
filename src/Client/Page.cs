namespace Kith.Client;

/// <summary>What one request of a list brought.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
public sealed class Page<T>
{
    private readonly Func<int, CancellationToken, Task<Page<T>>>? _read;

    internal Page(IReadOnlyList<T> items, long total, int number, int size, long pages, Func<int, CancellationToken, Task<Page<T>>>? read)
    {
        (Items, Total, Number, Size, Pages) = (items, total, number, size, pages);
        _read = read;
    }

    /// <summary>What is on it.</summary>
    public IReadOnlyList<T> Items { get; }

    /// <summary>How much there is on all pages.</summary>
    public long Total { get; }

    /// <summary>Which one it is, from 1 on.</summary>
    public int Number { get; }

    /// <summary>How much fits on it.</summary>
    public int Size { get; }

    /// <summary>How many there are.</summary>
    public long Pages { get; }

    /// <summary>Another one follows.</summary>
    public bool HasNext => Number < Pages;

    /// <summary>Reads the next one; null after the last.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public async Task<Page<T>?> NextPageAsync(CancellationToken cancellationToken = default) =>
        HasNext && _read is not null ? await _read(Number + 1, cancellationToken).ConfigureAwait(false) : null;
}
