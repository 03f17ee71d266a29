namespace Kith.Core.Recall;

/// <summary>The terms by which every index finds text (see <see cref="TermReader"/>), for indexes that are given them as text. None holds a character that a query language reads.</summary>
public static class SearchTerms
{
    /// <summary>A longer question is cut: its further words would cost time and decide nothing.</summary>
    private const int MaxQueryTerms = 128;

    /// <summary>Distinct terms without stop words, unless there is nothing else.</summary>
    public static IReadOnlyList<string> OfQuery(string text)
    {
        var meaningful = new List<string>();
        var all = new List<string>();
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (all.Count < MaxQueryTerms && reader.Read())
        {
            var term = reader.Term.ToString();
            if (all.Contains(term))
                continue;
            all.Add(term);
            if (!reader.IsStopWord)
                meaningful.Add(term);
        }

        return meaningful.Count > 0 ? meaningful : all;
    }

    /// <summary>Whether a term of the query stands in the text.</summary>
    public static bool Meet(string query, string text) => OfQuery(query).Intersect(Of(text).Split(' ')).Any();

    /// <summary>Every term as often as it stands in the text, in order, with a space after each.</summary>
    public static string Of(string text)
    {
        var terms = new System.Text.StringBuilder(text.Length);
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
            terms.Append(reader.Term).Append(' ');
        return terms.ToString();
    }
}
