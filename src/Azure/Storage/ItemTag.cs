using Kith.Core.Storage;

namespace Kith.Azure.Storage;

/// <summary>
/// An etag as callers get it: Cosmos DB's own, and the names of the batches that wrote the item last. Whoever replaces the item hands them on, so that a batch
/// with unknown end finds its name there even when others have written since.
/// </summary>
/// <param name="Writes">The latest first.</param>
internal sealed record ItemTag(string ETag, IReadOnlyList<string> Writes)
{
    /// <summary>More than write one item one after the other while one of them asks what became of its batch.</summary>
    private const int Remembered = 32;

    private const char Separator = ' ';

    /// <summary>What an operation of this batch leaves in the item that it writes.</summary>
    public static IReadOnlyList<string> WritesOf(Operation operation, string batch) =>
        operation is Operation.Replace replace ? [batch, .. Parse(replace.ETag).Writes.Take(Remembered - 1)] : [batch];

    public static ItemTag Parse(string etag) => etag.Split(Separator) is [var own, .. var writes] ? new ItemTag(own, writes) : new ItemTag(etag, []);

    public override string ToString() => string.Join(Separator, [ETag, .. Writes]);
}
