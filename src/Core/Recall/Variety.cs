namespace Kith.Core.Recall;

/// <summary>Keeps what somebody says again and again from filling a list: of near-duplicates by one author the best match stands for all, unless there is room.</summary>
internal static class Variety
{
    /// <summary>Matches beyond the limit to choose from at first.</summary>
    public const int Spare = 10;

    /// <summary>So many matches are looked through for different ones, not more: somebody may say nothing else.</summary>
    public const int MostMatches = 200;

    /// <summary>Words that both texts have among those that either has (Jaccard). From here on a text adds nothing.</summary>
    private const double NearDuplicate = 0.9;

    /// <summary>Chooses at most <paramref name="limit"/> of the matches, in their order. Returns whether there were enough different ones.</summary>
    /// <param name="matches">Best first.</param>
    public static bool TryFill(IReadOnlyList<MessageMatch> matches, int limit, out IReadOnlyList<MessageMatch> chosen)
    {
        var words = new HashSet<string>?[matches.Count];
        var (kept, repeated) = (new List<int>(), new List<int>());
        for (var place = 0; place < matches.Count && kept.Count < limit; place++)
            (kept.Exists(better => Repeats(better, place)) ? repeated : kept).Add(place);
        chosen = [.. kept.Concat(repeated).Take(limit).Order().Select(place => matches[place])];
        return kept.Count == limit;

        bool Repeats(int better, int place)
        {
            var (one, other) = (matches[better].Message, matches[place].Message);
            return one.PeerId == other.PeerId && (one.Content == other.Content || Shared(WordsOf(better), WordsOf(place)) >= NearDuplicate);
        }

        HashSet<string> WordsOf(int place) =>
            words[place] ??= [.. SearchTerms.Of(matches[place].Message.Content).Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static double Shared(HashSet<string> one, HashSet<string> other)
    {
        var both = one.Count(other.Contains);
        return both == 0 ? 0 : (double)both / (one.Count + other.Count - both);
    }
}
