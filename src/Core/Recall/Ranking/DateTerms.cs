using System.Collections.Frozen;
using System.Globalization;

namespace Kith.Core.Recall.Ranking;

/// <summary>The month, year or day that a query names, in the five languages of the engine. A time that it does not name is null.</summary>
internal readonly record struct DateTerms(int? Year, int? Month, int? Day)
{
    private const int DaysAround = 3;

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Months = new[]
        {
            "january januar enero janvier janeiro", "february februar febrero fevrier fevereiro", "march marz marzo mars marco", "april abril avril",
            "may mai mayo maio", "june juni junio juin junho", "july juli julio juillet julho", "august agosto aout", "september septiembre septembre setembro",
            "october oktober octubre octobre outubro", "november noviembre novembre novembro", "december dezember diciembre decembre dezembro",
        }
        .SelectMany((names, index) => names.Split(' ').Select(name => KeyValuePair.Create(name, index + 1)))
        .ToFrozenDictionary(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    public static DateTerms Of(string query)
    {
        DateTerms found = default;
        int? day = null;
        var reader = new TermReader(query, stackalloc char[TermReader.ScratchLength]);
        for (var isFirst = true; reader.Read(); isFirst = false)
        {
            if (Months.TryGetValue(reader.Word, out var month))
            {
                if (!IsAlsoAWord(reader.Word) || (reader.IsCapitalized && !isFirst))
                    found = found with { Month = month };
            }
            else if (int.TryParse(reader.Word.TrimEnd("stndrh"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                if (number is >= 1900 and < 2200)
                    found = found with { Year = number };
                else if (number is >= 1 and <= 31)
                    day = number;
            }
        }

        return found.Month is null ? found : found with { Day = day };
    }

    /// <summary>"May I", "march on": only a capital within the sentence makes a month of it.</summary>
    private static bool IsAlsoAWord(ReadOnlySpan<char> month) => month is "may" or "march" or "mars" or "marco";

    /// <summary>
    /// How far a time agrees: 2 for the month, 1 for the year, 2 for about the day (one tells of a day when it is over); 0 as soon as
    /// the month or the year does not.
    /// </summary>
    public int Agreement(DateTimeOffset time)
    {
        if ((Year is { } year && time.Year != year) || (Month is { } month && time.Month != month))
            return 0;
        return (Month is null ? 0 : 2) + (Year is null ? 0 : 1) + (Day is { } day && Math.Abs(time.Day - day) <= DaysAround ? 2 : 0);
    }
}
