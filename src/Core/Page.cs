namespace Kith.Core;

/// <summary>One page of a list, and how many things the whole list has.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, long Total)
{
    public Page<TOther> Select<TOther>(Func<T, TOther> map) => new([.. Items.Select(map)], Total);
}
