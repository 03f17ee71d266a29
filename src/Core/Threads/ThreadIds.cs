namespace Kith.Core.Threads;

/// <summary>
/// Ids of threads and names of stored workflow states: 1 to 128 of letters, digits, <c>- _ . :</c>, and not of dots alone, which addresses
/// would resolve (spec modelchorus §8).
/// </summary>
public static class ThreadIds
{
    public const int Characters = 128;

    public const string Rule = "1 to 128 letters, digits, '-', '_', '.' or ':', and not dots alone";

    public static bool IsValid(ReadOnlySpan<char> id)
    {
        foreach (var c in id)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.' or ':'))
                return false;
        }

        return id.Length <= Characters && !id.Trim('.').IsEmpty;
    }
}
