using System.Globalization;

namespace Kith.Azure.Models;

/// <summary>What a model gives a tool: of these members those that the tool has.</summary>
internal sealed record ToolInput(string? Query = null, string? Text = null, string? From = null, string? To = null, string? Id = null, int? Limit = null)
{
    private static readonly (string Format, Func<DateTimeOffset, DateTimeOffset> Next)[] _dates =
    [
        ("yyyy-MM-dd", day => day.AddDays(1)),
        ("yyyy-MM", month => month.AddMonths(1)),
        ("yyyy", year => year.AddYears(1)),
    ];

    /// <summary>The beginning of <see cref="From"/> and the end of <see cref="To"/>: a day, a month or a year as a whole. False when either is no date.</summary>
    public bool TryPeriod(out DateTimeOffset? from, out DateTimeOffset? to)
    {
        to = null;
        return TryRead(From, isEnd: false, out from) && TryRead(To, isEnd: true, out to);
    }

    private static bool TryRead(string? text, bool isEnd, out DateTimeOffset? time)
    {
        time = null;
        if (string.IsNullOrWhiteSpace(text))
            return true;
        foreach (var (format, next) in _dates)
        {
            if (!DateTimeOffset.TryParseExact(text.Trim(), format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date))
                continue;
            // The last year has no next one.
            time = isEnd && date.Year < 9999 ? next(date) : date;
            return true;
        }

        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var exact))
            return false;
        time = exact;
        return true;
    }
}
