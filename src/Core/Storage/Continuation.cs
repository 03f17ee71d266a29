using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;

namespace Kith.Core.Storage;

/// <summary>The sort key of a page's last document, so that the next page starts right after it whatever was inserted before.</summary>
public readonly record struct Continuation(string Key, string Id, string Second, string Third)
{
    /// <summary>After this document of the query.</summary>
    public static Continuation After(Document document, Query query)
    {
        var columns = DocumentColumns.Of(document.Body);
        var key = query.Order == QueryOrder.Sequence ? columns.Sequence.GetValueOrDefault().ToString(CultureInfo.InvariantCulture) : columns.CreatedAt;
        return new Continuation(key, document.Id, document.Partition.Second!, document.Partition.Third ?? "");
    }

    public string Encode(Query query) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([Kind(query), Key, Id, Second, Third]));

    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: the token is damaged, or of a query in another order.</exception>
    public static Continuation Decode(string token, Query query)
    {
        try
        {
            if (JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromChars(token)) is [var kind, { } key, { } id, { } second, { } third]
                && kind == Kind(query))
                return new Continuation(key, id, second, third);
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            throw Invalid(exception);
        }
        throw Invalid(null);
    }

    /// <summary>The value to compare with the column that the query is ordered by.</summary>
    /// <exception cref="KithException"><see cref="ErrorCode.Invalid"/>: the token is damaged.</exception>
    public object KeyValue(QueryOrder order) =>
        order != QueryOrder.Sequence ? Key
        : long.TryParse(Key, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var sequence) ? sequence
        : throw Invalid(null);

    private static string Kind(Query query) => $"{query.Type} {query.Order}{(query.Descending ? " descending" : "")}";

    private static KithException Invalid(Exception? inner) =>
        new(ErrorCode.Invalid, "The continuation token does not belong to this query.", inner);
}
