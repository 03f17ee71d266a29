namespace Kith.Http.Eliza.Wire;

/// <param name="Data">What clients return: of an answer that says <c>success</c> they take this member only (spec eliza-sessions §2.2).</param>
internal sealed record Deleted(bool Success, string Message, Deleted.Outcome Data)
{
    internal sealed record Outcome(bool Success);
}
