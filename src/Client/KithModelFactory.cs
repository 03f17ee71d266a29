namespace Kith.Client;

/// <summary>What only a server makes, for tests that have none. Everything in <c>Kith.Client.Models</c> is a record that can be made as it is.</summary>
/// <example>
/// <code>
/// public override Paged&lt;Message&gt; GetMessagesAsync(ListOptions? options = null, CancellationToken cancellationToken = default) =>
///     KithModelFactory.Paged(new Message { Id = "1", Content = "Hello", PeerId = "alice" });
/// </code>
/// </example>
public static class KithModelFactory
{
    /// <summary>A list.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="items">What is in it.</param>
    public static Paged<T> Paged<T>(params IReadOnlyList<T> items) => Paged(Math.Max(1, items?.Count ?? 0), items ?? []);

    /// <summary>A list of several pages.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="pageSize">How many are on one.</param>
    /// <param name="items">What is in it.</param>
    public static Paged<T> Paged<T>(int pageSize, IReadOnlyList<T> items)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pageSize, 1);
        ArgumentNullException.ThrowIfNull(items);
        return new Paged<T>(ReadAsync, first: 1, CancellationToken.None);

        Task<Page<T>> ReadAsync(int number, CancellationToken cancellationToken) => Task.FromResult(new Page<T>(
            [.. items.Skip((number - 1) * pageSize).Take(pageSize)], items.Count, number, pageSize, (items.Count + pageSize - 1) / pageSize, ReadAsync));
    }
}
