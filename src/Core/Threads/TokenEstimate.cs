namespace Kith.Core.Threads;

/// <summary>Upstream's estimate, so that its budgets mean the same here: a token is four characters (spec modelchorus §4.7).</summary>
public static class TokenEstimate
{
    private const int CharactersPerToken = 4;

    /// <summary>Rounded down; a character is a Unicode code point.</summary>
    public static int Of(string text) => text.Count(c => !char.IsLowSurrogate(c)) / CharactersPerToken;
}
