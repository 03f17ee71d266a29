using System.Text.Json.Serialization.Metadata;
using Kith.Client.Wire;

namespace Kith.Client.Transport;

/// <summary>Lists of the protocol: a POST with filters, or a GET, each with page, size and order in the query.</summary>
internal static class Lists
{
    public static Paged<T> List<TRow, T>(
        this Pipeline pipeline, HttpMethod method, string path, ListOptions? options, JsonTypeInfo<PageRow<TRow>> type, Func<TRow, T> show, CancellationToken cancellationToken, Listing? body = null)
    {
        var wanted = options ?? new ListOptions();
        body ??= wanted.Filter is null ? null : new Listing(wanted.Filter.ToJson());
        return new Paged<T>(ReadAsync, wanted.FirstPage, cancellationToken);

        async Task<Page<T>> ReadAsync(int number, CancellationToken cancelled)
        {
            var query = new Query(path).Add("page", number).Add("size", wanted.PageSize).Add("reverse", wanted.Reverse ? true : null);
            var call = new Call(method, query.ToString());
            var reply = await pipeline.SendAsync(body is null ? call : call.With(body, HonchoJson.Default.Listing), cancelled).ConfigureAwait(false);
            var page = reply.Read(type);
            return new Page<T>([.. page.Items.Select(show)], page.Total, page.Page, page.Size, page.Pages, ReadAsync);
        }
    }
}
