using System.Collections.Frozen;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>
/// What a statement claims, apart from whether it affirms or denies it: two statements of the same words, one with a negation and one
/// without, contradict each other; with "no longer" one tells of a change. Statements about past events claim nothing that lasts.
/// </summary>
/// <param name="Key">Made of the content words without their order; equal for the statement and its denial.</param>
/// <param name="Ends">Denies it from now on only: "no longer", "nicht mehr", "ya no".</param>
internal sealed record Claim(string Key, bool IsDenied, bool Ends)
{
    /// <summary>Who, and what about them.</summary>
    private const int FewestWords = 2;

    private static readonly FrozenSet<string> Negations =
        Set("not no never neither nor nicht kein keine keinen keinem keiner nie niemals nunca jamas ne pas jamais aucun aucune nao nem");

    private static readonly FrozenSet<string> Endings = Set("longer anymore mehr ya plus ja mais");

    // What would be is not what is.
    private static readonly FrozenSet<string> Modals = Set("would could should might may will");

    private static readonly FrozenSet<string> Past =
        Set("did didnt was wasnt were werent had hadnt hatte war wurde ha fue era estaba tenia etait avait foi estava tinha");

    /// <summary>Null when the text claims nothing that can be denied.</summary>
    public static Claim? Of(string text)
    {
        var content = new SortedSet<string>(StringComparer.Ordinal);
        var (denied, ends) = (false, false);
        foreach (var token in Token.Split(text.Replace('’', '\'')))
        {
            if (!token.IsWord)
                continue;
            // "n'aime", "j'aime": the first letter is a word of its own.
            var cut = token.Text.IndexOf('\'', StringComparison.Ordinal);
            denied |= cut is 1 && token.Text[0] is 'n' or 'N' || token.Lower.EndsWith("n't", StringComparison.Ordinal) || token.Lower is "dont" or "doesnt" or "cant";
            foreach (var word in Words.Folded(cut is 1 ? token.Text[2..] : token.Text))
            {
                if (Past.Contains(word) || EnglishVerbs.IsPast(word) || IsGermanParticiple(word))
                    return null;
                denied |= Negations.Contains(word);
                ends |= Endings.Contains(word);
                if (!Negations.Contains(word) && !Endings.Contains(word) && (Modals.Contains(word) || !Words.IsStop(word)))
                    content.Add(Words.Stem(word));
            }
        }

        // "plus" and "mehr" end something only beside a negation.
        return content.Count < FewestWords ? null : new Claim(Ids.Of([.. content]), denied, denied && ends);
    }

    /// <summary>Whether they cannot both hold.</summary>
    public bool Denies(Claim other) => Key == other.Key && IsDenied != other.IsDenied;

    /// <summary>"gekauft", "gegessen".</summary>
    private static bool IsGermanParticiple(string word) =>
        word.Length > 5 && word.StartsWith("ge", StringComparison.Ordinal) && (word.EndsWith('t') || word.EndsWith("en", StringComparison.Ordinal));

    private static FrozenSet<string> Set(string words) => words.Split(' ').ToFrozenSet(StringComparer.Ordinal);
}
