using System.Globalization;

namespace Kith.Core.Reasoning.Extractive;

/// <summary>Turns relative dates into absolute ones, seen from the time at which the text was said.</summary>
internal static class DateResolver
{
    /// <summary>The tokens with absolute dates, and the first date that they state.</summary>
    public static (List<Token> Tokens, DateTimeOffset? Stated) Resolve(List<Token> tokens, string? language, DateTimeOffset said)
    {
        var words = CalendarWords.For(language);
        // At the ends of the calendar there is no yesterday, or no next year.
        if (words is null || said.Year is < 200 or > 9800) return (tokens, null);
        var resolved = new List<Token>(tokens.Count);
        DateTimeOffset? stated = null;
        for (var i = 0; i < tokens.Count; i++)
        {
            if (Match(tokens, i, words, said) is not { } match)
            {
                resolved.Add(tokens[i]);
                stated ??= Absolute(tokens, i, words);
                continue;
            }

            stated ??= match.Date;
            Write(resolved, match, tokens[i].Spaced, words);
            if (match.Possessive) resolved.Add(new Token("'s", false));
            i += match.Length - 1;
        }

        return (resolved, stated);
    }

    private static void Write(List<Token> resolved, Found match, bool spaced, CalendarWords words)
    {
        while (resolved.Count > 0 && words.Absorbed.Contains(resolved[^1].Lower))
        {
            spaced = resolved[^1].Spaced;
            resolved.RemoveAt(resolved.Count - 1);
        }

        var bare = words.Bare(match.Unit, match.Date, words.Months);
        var isBare = match.Possessive || resolved.Count > 0 && words.Governing.Contains(resolved[^1].Lower);
        var text = isBare ? bare : words.Adverbial(match.Unit, bare);
        // The date opens the sentence where it had opened it.
        if (resolved.Count == 0) text = char.ToUpperInvariant(text[0]) + text[1..];
        foreach (var word in text.Split(' '))
        {
            resolved.Add(new Token(word, spaced));
            spaced = true;
        }
    }

    private readonly record struct Found(int Length, CalendarUnit Unit, DateTimeOffset Date, bool Possessive);

    private static Found? Match(List<Token> tokens, int i, CalendarWords words, DateTimeOffset said)
    {
        var first = At(tokens, i);
        if (first.Length == 0) return null;
        var owned = first.EndsWith("'s", StringComparison.Ordinal);
        if (words.Days.TryGetValue(owned ? first[..^2] : first, out var offset)) return new(1, CalendarUnit.Day, said.AddDays(offset), owned);
        return Weekday(tokens, i, words, said) ?? Ago(tokens, i, words, said) ?? Leading(tokens, i, words, said) ?? Following(tokens, i, words, said);
    }

    /// <summary>"on Friday": the one before where the clause tells of the past, else the one to come.</summary>
    private static Found? Weekday(List<Token> tokens, int i, CalendarWords words, DateTimeOffset said)
    {
        if (words.IsPast is not { } isPast || !words.Absorbed.Contains(At(tokens, i - 1)) || Array.IndexOf(words.Weekdays, At(tokens, i)) < 0) return null;
        return Relative(tokens, i, tokens.Exists(token => isPast(token.Lower)) ? -1 : 1, words, said);
    }

    /// <summary>"two weeks ago", "vor zwei Wochen", "hace dos semanas", "il y a deux semaines", "duas semanas atrás".</summary>
    private static Found? Ago(List<Token> tokens, int i, CalendarWords words, DateTimeOffset said)
    {
        var at = i;
        foreach (var word in words.AgoBefore)
            if (At(tokens, at++) != word) return null;
        // "desde hace dos años", "hace dos años que": a duration, not a date.
        if (words.AgoBefore.Length > 0 && i > 0 && words.Governing.Contains(At(tokens, i - 1))) return null;
        if (Number(At(tokens, at), words) is not { } count) return null;
        at++;
        if (words.AgoAfter == "ago" && At(tokens, at) is "couple" or "few")
        {
            count = At(tokens, at) == "couple" ? 2 : 3;
            at++;
            if (At(tokens, at) == "of") at++;
        }

        if (!words.Units.TryGetValue(At(tokens, at), out var unit)) return null;
        at++;
        if (words.AgoAfter is not null)
        {
            if (At(tokens, at) != words.AgoAfter) return null;
            at++;
        }
        else if (At(tokens, at) == "que")
        {
            return null;
        }

        return unit switch
        {
            CalendarUnit.Day => new(at - i, unit, said.AddDays(-count), false),
            CalendarUnit.Week => new(at - i, unit, Monday(said).AddDays(-7 * count), false),
            CalendarUnit.Month => new(at - i, unit, FirstOfMonth(said).AddMonths(-count), false),
            CalendarUnit.Year when said.Year > count => new(at - i, unit, FirstOfYear(said, said.Year - count), false),
            _ => null,
        };
    }

    /// <summary>"last Friday", "this past weekend", "nächsten Monat", "próxima semana".</summary>
    private static Found? Leading(List<Token> tokens, int i, CalendarWords words, DateTimeOffset said)
    {
        if (!words.Directions.TryGetValue(At(tokens, i), out var direction)) return null;
        var at = i + 1;
        if (direction == 0 && words.Directions.TryGetValue(At(tokens, at), out var second) && second != 0)
        {
            direction = second;
            at++;
        }

        return Relative(tokens, at, direction, words, said) is { } match ? match with { Length = at + 1 - i } : null;
    }

    /// <summary>"semana pasada", "année dernière", "semana que vem".</summary>
    private static Found? Following(List<Token> tokens, int i, CalendarWords words, DateTimeOffset said)
    {
        var at = i + 1;
        if (At(tokens, at) == "que") at++;
        if (!words.Trailing.TryGetValue(At(tokens, at), out var direction) || at > i + 1 && direction < 0) return null;
        return Relative(tokens, i, direction, words, said) is { } match ? match with { Length = at + 1 - i } : null;
    }

    private static Found? Relative(List<Token> tokens, int at, int direction, CalendarWords words, DateTimeOffset said)
    {
        var word = At(tokens, at);
        var owned = word.EndsWith("'s", StringComparison.Ordinal);
        if (owned) word = word[..^2];
        if (word.StartsWith("l'", StringComparison.Ordinal)) word = word[2..];
        var weekday = Array.IndexOf(words.Weekdays, word);
        if (weekday >= 0)
        {
            var day = Monday(said).AddDays(weekday);
            if (direction < 0 && day.Date >= said.Date) day = day.AddDays(-7);
            if (direction > 0 && day.Date <= said.Date) day = day.AddDays(7);
            return new(1, CalendarUnit.Day, day, owned);
        }

        if (!words.Units.TryGetValue(word, out var unit)) return null;
        return unit switch
        {
            CalendarUnit.Day => word is "night" or "morning" or "afternoon" or "evening" ? new(1, unit, said.AddDays(direction), owned) : null,
            CalendarUnit.Week => new(1, unit, Monday(said).AddDays(7 * direction), owned),
            CalendarUnit.Weekend => new(1, unit, Monday(said).AddDays(5 + 7 * direction), owned),
            CalendarUnit.Month => new(1, unit, FirstOfMonth(said).AddMonths(direction), owned),
            CalendarUnit.Year => new(1, unit, FirstOfYear(said, said.Year + direction), owned),
            _ => Season(unit, direction, said) is var start ? new(1, unit, start, owned) : null,
        };
    }

    private static DateTimeOffset Season(CalendarUnit unit, int direction, DateTimeOffset said)
    {
        var month = unit switch { CalendarUnit.Spring => 3, CalendarUnit.Summer => 6, CalendarUnit.Autumn => 9, _ => 12 };
        var start = new DateTimeOffset(said.Year, month, 1, 0, 0, 0, said.Offset);
        if (direction < 0 && start.AddMonths(3) > said) return start.AddYears(-1);
        return direction > 0 && start <= said ? start.AddYears(1) : start;
    }

    /// <summary>"May 2023", "7 May 2023", "2019" as the text states them.</summary>
    private static DateTimeOffset? Absolute(List<Token> tokens, int i, CalendarWords words)
    {
        var text = tokens[i].Text;
        if (text.Length != 4 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) || year is < 1900 or > 2100) return null;
        var at = i - 1;
        if (At(tokens, at) is "," or "de" or "") at--;
        var day = 1;
        if (int.TryParse(At(tokens, at), NumberStyles.None, CultureInfo.InvariantCulture, out var after) && after is > 0 and < 29)
        {
            day = after;
            at--;
        }

        var month = Array.FindIndex(words.Months, name => string.Equals(name, At(tokens, at), StringComparison.OrdinalIgnoreCase));
        // A bare number is a year after a word that says so; else it counts something.
        if (month < 0) return words.Governing.Contains(At(tokens, i - 1)) || words.Absorbed.Contains(At(tokens, i - 1)) ? new DateTimeOffset(year, 1, 1, 0, 0, 0, TimeSpan.Zero) : null;
        at--;
        if (At(tokens, at) is "." or "de") at--;
        if (day == 1 && int.TryParse(At(tokens, at), NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            && before >= 1 && before <= DateTime.DaysInMonth(year, month + 1)) day = before;
        return new DateTimeOffset(year, month + 1, day, 0, 0, 0, TimeSpan.Zero);
    }

    private static int? Number(string word, CalendarWords words) =>
        words.Numbers.TryGetValue(word, out var number) ? number
        : word.Length is > 0 and < 3 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number
        : null;

    private static string At(List<Token> tokens, int i) => i >= 0 && i < tokens.Count ? tokens[i].Lower : "";

    private static DateTimeOffset Monday(DateTimeOffset date) => Midnight(date).AddDays(-(((int)date.DayOfWeek + 6) % 7));

    private static DateTimeOffset FirstOfMonth(DateTimeOffset date) => new(date.Year, date.Month, 1, 0, 0, 0, date.Offset);

    private static DateTimeOffset FirstOfYear(DateTimeOffset date, int year) => new(year, 1, 1, 0, 0, 0, date.Offset);

    private static DateTimeOffset Midnight(DateTimeOffset date) => new(date.Year, date.Month, date.Day, 0, 0, 0, date.Offset);
}
