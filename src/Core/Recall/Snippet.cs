namespace Kith.Core.Recall;

/// <summary>The part of a text that says most about a query.</summary>
public static class Snippet
{
    public const int MaxCharacters = 200;

    private const string Cut = "…";

    /// <summary>At most <see cref="MaxCharacters"/> around the most of the query's words, cut at spaces where there are some, with an ellipsis at each cut.</summary>
    public static string Of(string text, string query)
    {
        if (text.Length <= MaxCharacters)
            return text;

        const int room = MaxCharacters - 2;
        var (from, to) = BestSpan(text, query, room);
        var start = Math.Clamp(from - ((room - (to - from)) / 2), 0, text.Length - room);
        var end = start + room;
        if (start > 0)
            start = NextSpace(text, start, Math.Max(start, from));
        if (end < text.Length)
            end = LastSpace(text, Math.Min(end, Math.Max(to, start + 1)), end);
        var shown = text.AsSpan(start..end).Trim();
        return $"{(start > 0 ? Cut : "")}{shown}{(end < text.Length ? Cut : "")}";
    }

    /// <summary>From the first to the last of the words that lie closest together; the beginning when the text holds none.</summary>
    private static (int From, int To) BestSpan(string text, string query, int room)
    {
        var hits = Hits(text, Terms(query));
        var (best, from, to) = (0, 0, 0);
        for (var first = 0; first < hits.Count; first++)
        {
            var within = hits.Skip(first).TakeWhile(hit => hit.End - hits[first].Start <= room).ToArray();
            var distinct = within.Select(hit => hit.Term).Distinct().Count();
            if (distinct > best)
                (best, from, to) = (distinct, within[0].Start, within[^1].End);
        }

        return (from, to);
    }

    private static HashSet<string> Terms(string query)
    {
        var terms = new HashSet<string>(StringComparer.Ordinal);
        var all = new HashSet<string>(StringComparer.Ordinal);
        var reader = new TermReader(query, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
        {
            all.Add(reader.Term.ToString());
            if (!reader.IsStopWord)
                terms.Add(reader.Term.ToString());
        }

        return terms.Count > 0 ? terms : all;
    }

    private static List<(int Start, int End, string Term)> Hits(string text, HashSet<string> terms)
    {
        var hits = new List<(int, int, string)>();
        var wanted = terms.GetAlternateLookup<ReadOnlySpan<char>>();
        var reader = new TermReader(text, stackalloc char[TermReader.ScratchLength]);
        while (reader.Read())
        {
            if (wanted.TryGetValue(reader.Term, out var term))
                hits.Add((reader.Start, reader.End, term));
        }

        return hits;
    }

    /// <summary>The first space at or after a position, else the position, never inside a surrogate pair.</summary>
    private static int NextSpace(string text, int from, int limit)
    {
        var space = text.AsSpan(from..limit).IndexOfAny(" \n\t");
        if (space >= 0)
            return from + space + 1;
        return char.IsLowSurrogate(text[from]) ? from + 1 : from;
    }

    private static int LastSpace(string text, int limit, int end)
    {
        var space = text.AsSpan(limit..end).LastIndexOfAny(" \n\t");
        if (space >= 0)
            return limit + space;
        return char.IsLowSurrogate(text[end]) ? end - 1 : end;
    }
}
