using Kith.Core;

namespace Kith.Http.Honcho.Wire;

/// <summary>The envelope of every list (spec honcho-api §3).</summary>
/// <param name="Number">Called <c>page</c> on the wire.</param>
internal sealed record Page<T>(
    IReadOnlyList<T> Items,
    long Total,
    [property: System.Text.Json.Serialization.JsonPropertyName("page")] int Number,
    int Size,
    long Pages)
{
    public static Page<T> Of<TItem>(Core.Page<TItem> page, Paging paging, Func<TItem, T> map) =>
        new([.. page.Items.Select(map)], page.Total, paging.Number, paging.Size, (page.Total + paging.Size - 1) / paging.Size);
}
