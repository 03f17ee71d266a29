using System.Globalization;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Duplicates, outdated values, denials and recurring statements among the conclusions of one pair.</summary>
internal static class Consolidator
{
    /// <summary>Statements that share so much of their words, and all numbers, say the same.</summary>
    private const double SameWords = 0.85;

    /// <summary>Words that stand in more conclusions than this tell nothing about which belong together; comparing them all would be quadratic.</summary>
    private const int MostShared = 40;

    private const int PatternOccasions = 3;

    private const int MostPatterns = 20;

    private sealed record Entry(RecalledConclusion Conclusion, HashSet<string> Words, List<string> Folded);

    public static Consolidation Of(ConsolidationRequest request)
    {
        var subject = Words.Folded(request.Observed);
        var entries = request.Conclusions.Select(conclusion =>
        {
            var folded = Words.Folded(conclusion.Content);
            return new Entry(conclusion, [.. folded.Where(word => !Words.IsStop(word) || word is "not" or "no" or "nicht").Select(Words.Stem)], folded);
        }).ToList();
        var group = Duplicates(entries);
        var merges = Enumerable.Range(0, entries.Count).GroupBy(i => Root(group, i)).Where(same => same.Count() > 1).Select(same =>
        {
            // The richest wording stays; of equals the oldest.
            var kept = same.OrderByDescending(i => entries[i].Words.Count).ThenBy(i => i).First();
            return new Consolidation.Merge(entries[kept].Conclusion.Id, [.. same.Where(i => i != kept).Select(i => entries[i].Conclusion.Id)]);
        }).ToList();
        var (ended, denied) = Denials(request.Conclusions);
        return new Consolidation(merges, Patterns(entries, request.Observed, subject))
        {
            Supersessions = [.. Successions(request.Conclusions), .. ended],
            Contradictions = denied,
        };
    }

    /// <summary>Values of a slot that only has one at a time, each followed by the next.</summary>
    private static IEnumerable<Consolidation.Supersession> Successions(IReadOnlyList<RecalledConclusion> conclusions) =>
        from holders in conclusions.Where(conclusion => conclusion.Slot is not null).GroupBy(conclusion => conclusion.Slot)
        let values = holders.DistinctBy(holder => holder.Content, StringComparer.OrdinalIgnoreCase).Order(Comparer<RecalledConclusion>.Create(InTime)).ToArray()
        from step in values.Zip(values.Skip(1))
        select new Consolidation.Supersession(step.First.Id, step.Second.Id);

    /// <summary>The last affirmation and the last denial of each claim: a change where one says so, else a contradiction.</summary>
    private static (List<Consolidation.Supersession> Ended, List<Consolidation.Contradiction> Denied) Denials(IReadOnlyList<RecalledConclusion> conclusions)
    {
        var (ended, denied) = (new List<Consolidation.Supersession>(), new List<Consolidation.Contradiction>());
        var claims = conclusions
            .Where(conclusion => conclusion.Level == "explicit")
            .Select(conclusion => (Conclusion: conclusion, Claim: Claim.Of(conclusion.Content)))
            .Where(told => told.Claim is not null)
            .GroupBy(told => told.Claim!.Key);
        foreach (var told in claims)
        {
            var last = told.GroupBy(item => item.Claim!.IsDenied).Select(side => side.Aggregate((one, other) => InTime(one.Conclusion, other.Conclusion) > 0 ? one : other)).ToArray();
            if (last.Length < 2)
                continue;
            var (older, newer) = InTime(last[0].Conclusion, last[1].Conclusion) > 0 ? (last[1], last[0]) : (last[0], last[1]);
            if (older.Claim!.Ends || newer.Claim!.Ends)
                ended.Add(new(older.Conclusion.Id, newer.Conclusion.Id));
            else
                denied.Add(new(older.Conclusion.Id, newer.Conclusion.Id, Reason: null));
        }

        return (ended, denied);
    }

    /// <summary>When both say since when they hold, that decides, else which was said later.</summary>
    private static int InTime(RecalledConclusion one, RecalledConclusion other) => one.ValidFrom is { } since && other.ValidFrom is { } otherSince && since != otherSince
        ? since.CompareTo(otherSince)
        : one.SaidAt.CompareTo(other.SaidAt);

    private static int[] Duplicates(List<Entry> entries)
    {
        var group = Enumerable.Range(0, entries.Count).ToArray();
        var byWords = new Dictionary<string, int>(StringComparer.Ordinal);
        var byWord = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++)
        {
            var key = $"{entries[i].Conclusion.Level}: {string.Join(' ', entries[i].Words.Order(StringComparer.Ordinal))}";
            if (entries[i].Words.Count > 0 && !byWords.TryAdd(key, i))
            {
                group[Root(group, i)] = Root(group, byWords[key]);
                continue;
            }

            var candidates = new Dictionary<int, int>();
            foreach (var word in entries[i].Words)
            {
                if (!byWord.TryGetValue(word, out var others)) byWord[word] = others = [];
                if (others.Count <= MostShared)
                {
                    foreach (var other in others) candidates[other] = candidates.GetValueOrDefault(other) + 1;
                    others.Add(i);
                }
            }

            foreach (var other in candidates.Keys.Order())
                if (IsSame(entries[i], entries[other])) group[Root(group, i)] = Root(group, other);
        }

        return group;
    }

    private static bool IsSame(Entry left, Entry right)
    {
        var shared = left.Words.Count(right.Words.Contains);
        return left.Conclusion.Level == right.Conclusion.Level && shared >= 4 && shared >= SameWords * (left.Words.Count + right.Words.Count - shared)
            && !left.Words.Concat(right.Words).Any(word => (word is "not" or "no" or "nicht" || char.IsDigit(word[0])) && !(left.Words.Contains(word) && right.Words.Contains(word)));
    }

    /// <summary>The same predicate and object on several days or in several sessions, and what was found to be such before its statements were merged.</summary>
    private static List<Consolidation.Pattern> Patterns(List<Entry> entries, string observed, List<string> subject)
    {
        var stated = new Dictionary<string, List<(Entry Entry, string Phrase)>>(StringComparer.Ordinal);
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            if (Predicate(entry, observed, subject) is not { } predicate) continue;
            if (entry.Conclusion.Level == "inductive") known.Add(predicate.Key);
            if (entry.Conclusion.Level != "explicit") continue;
            if (!stated.TryGetValue(predicate.Key, out var same)) stated[predicate.Key] = same = [];
            same.Add((entry, predicate.Phrase));
        }

        return [.. stated
            .Where(same => known.Contains(same.Key) || same.Value.Select(item => (item.Entry.Conclusion.SessionId, item.Entry.Conclusion.SaidAt.Date)).Distinct().Count() >= PatternOccasions)
            .OrderByDescending(same => same.Value.Count)
            .Take(MostPatterns)
            .Select(same => Pattern(same.Key, same.Value, observed))];
    }

    private static Consolidation.Pattern Pattern(string key, List<(Entry Entry, string Phrase)> same, string observed)
    {
        var phrase = same.OrderBy(item => item.Phrase.Length).ThenBy(item => item.Entry.Conclusion.SaidAt).First().Phrase;
        var times = Math.Max(same.Count, same.SelectMany(item => item.Entry.Conclusion.MessageIds).Distinct().Count());
        var last = same.Max(item => item.Entry.Conclusion.SaidAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return new($"{observed} {phrase}: said {times} times, most recently on {last}.", [.. same.Select(item => item.Entry.Conclusion.Id)]) { Key = key };
    }

    /// <summary>The first two content words after the subject, and the text that leads to the second of them.</summary>
    private static (string Key, string Phrase)? Predicate(Entry entry, string observed, List<string> subject)
    {
        if (subject.Count == 0 || !entry.Conclusion.Content.StartsWith(observed + " ", StringComparison.OrdinalIgnoreCase)) return null;
        var stems = new List<string>();
        var phrase = new List<string>();
        foreach (var token in Token.Split(entry.Conclusion.Content[(observed.Length + 1)..]))
        {
            if (!token.IsWord || char.IsDigit(token.Text[0])) return null;
            phrase.Add(token.Text);
            foreach (var stem in Words.Content(token.Text)) stems.Add(stem);
            if (stems.Count >= 2) break;
        }

        return stems.Count >= 2 ? ($"{stems[0]} {stems[1]}", string.Join(' ', phrase)) : null;
    }

    private static int Root(int[] group, int i)
    {
        while (group[i] != i) i = group[i] = group[group[i]];
        return i;
    }
}
