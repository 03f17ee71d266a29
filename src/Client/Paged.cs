using System.Runtime.CompilerServices;

namespace Kith.Client;

/// <summary>
/// A list that is read page by page, while it is gone through. Nothing is requested before that, and going through it again reads it again. Pages are counted from the start of
/// the list: where it is changed while it is gone through, items are left out or come twice. Read it whole first (<c>ToListAsync</c>) to delete what is on it.
/// </summary>
/// <typeparam name="T">What the list holds.</typeparam>
/// <example>
/// <code>
/// await foreach (var message in session.GetMessagesAsync())
///     Console.WriteLine($"{message.PeerId}: {message.Content}");
///
/// var peers = await kith.GetPeersAsync().ToListAsync();
///
/// for (var page = await kith.GetPeersAsync().FirstPageAsync(); page is not null; page = await page.NextPageAsync())
///     Console.WriteLine($"{page.Items.Count} of {page.Total}");
/// </code>
/// </example>
public sealed class Paged<T> : IAsyncEnumerable<T>
{
    private readonly Func<int, CancellationToken, Task<Page<T>>> _read;
    private readonly int _first;
    private readonly CancellationToken _cancellation;

    internal Paged(Func<int, CancellationToken, Task<Page<T>>> read, int first, CancellationToken cancellation) => (_read, _first, _cancellation) = (read, first, cancellation);

    /// <summary>Reads the first page.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public async Task<Page<T>> FirstPageAsync(CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancellation, cancellationToken);
        return await _read(_first, either.Token).ConfigureAwait(false);
    }

    /// <summary>The list page by page.</summary>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="KithException">The server refused, failed, or could not be reached.</exception>
    public async IAsyncEnumerable<Page<T>> PagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(_cancellation, cancellationToken);
        for (var page = await _read(_first, either.Token).ConfigureAwait(false); page is not null; page = await page.NextPageAsync(either.Token).ConfigureAwait(false))
            yield return page;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        await foreach (var page in PagesAsync(cancellationToken).ConfigureAwait(false))
        {
            foreach (var item in page.Items)
                yield return item;
        }
    }
}
