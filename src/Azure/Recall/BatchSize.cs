namespace Kith.Azure.Recall;

/// <summary>How large a document is on the wire at most. A bound instead of a measurement: writing each twice would cost more than a few smaller batches.</summary>
internal static class BatchSize
{
    /// <summary>The service takes 16 MB; the rest is for what stands around the documents.</summary>
    public const int Limit = 15 * 1024 * 1024;

    /// <summary>A character that JSON escapes.</summary>
    private const int Character = 6;

    /// <summary>Sign, nine digits, point, exponent and comma.</summary>
    private const int Number = 16;

    /// <summary>Names, ids, and fields of fixed size; ids have up to 512 characters, of ASCII only.</summary>
    private const int Rest = 8 * 1024;

    public static int AtMost(IndexedEntry entry) =>
        Rest + (Character * ((entry.Text?.Length ?? 0) + (entry.Terms?.Length ?? 0))) + (Number * (entry.Vector?.Length ?? 0));
}
