namespace Kith.Core;

/// <summary>Which page of a list is asked for.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Size">1 to 100.</param>
/// <param name="Reverse">The other end of the list first.</param>
public sealed record Paging(int Number = 1, int Size = 50, bool Reverse = false)
{
    /// <summary>Items before the page; saturates instead of overflowing, since a page past the end is merely empty.</summary>
    public int Skip => (int)Math.Min(int.MaxValue, (long)(Number - 1) * Size);
}
