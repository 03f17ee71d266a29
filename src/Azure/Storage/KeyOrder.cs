using Kith.Core.Storage;

namespace Kith.Azure.Storage;

/// <summary>The order of a query's documents by their keys.</summary>
internal sealed class KeyOrder(Query query) : IComparer<Continuation>
{
    public int Compare(Continuation x, Continuation y)
    {
        var order = query.Order == QueryOrder.Sequence
            ? ((long)x.KeyValue(query.Order)).CompareTo((long)y.KeyValue(query.Order))
            : string.CompareOrdinal(x.Key, y.Key);
        if (order == 0)
            order = string.CompareOrdinal(x.Id, y.Id);
        if (order == 0)
            order = string.CompareOrdinal(x.Second, y.Second);
        if (order == 0)
            order = string.CompareOrdinal(x.Third, y.Third);
        return query.Descending ? -order : order;
    }
}
