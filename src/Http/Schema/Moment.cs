using System.Globalization;
using System.Text.RegularExpressions;

namespace Kith.Http.Schema;

/// <summary>A point in time as a client wrote it: the instant, and its text with the client's own offset, or none.</summary>
internal sealed partial record Moment(DateTimeOffset Instant, string Text)
{
    /// <summary>Epoch numbers above this are milliseconds, below it seconds: pydantic's watershed.</summary>
    private const double MillisecondWatershed = 2e10;

    /// <summary>How times leave Kith: UTC, <c>Z</c>, microseconds only when there are some (spec honcho-api §1, "Datetimes out").</summary>
    public static string Format(DateTimeOffset time) => Local(time.UtcDateTime) + "Z";

    public static bool TryParse(string text, out Moment moment, out string problem)
    {
        moment = null!;
        problem = "";
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var epoch))
            return TryEpoch(epoch, out moment, out problem);
        if (text.Length < 10)
        {
            problem = "input is too short";
            return false;
        }

        var match = Iso8601().Match(text);
        problem = char.IsAsciiDigit(text[0]) ? "invalid character or separator" : "invalid character in year";
        return match.Success && TryCalendar(match, out moment, ref problem);
    }

    private static bool TryEpoch(double epoch, out Moment moment, out string problem)
    {
        moment = null!;
        problem = "dates after 9999 are not supported as unix timestamps";
        var seconds = Math.Abs(epoch) > MillisecondWatershed ? epoch / 1000 : epoch;
        if (!(seconds >= DateTimeOffset.MinValue.ToUnixTimeSeconds() && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds()))
            return false;
        var instant = DateTimeOffset.UnixEpoch.AddMicroseconds(Math.Round(seconds * 1_000_000));
        moment = new Moment(instant, Format(instant));
        return true;
    }

    private static bool TryCalendar(Match match, out Moment moment, ref string problem)
    {
        moment = null!;
        int Part(string name) => match.Groups[name] is { Success: true } group ? int.Parse(group.ValueSpan, CultureInfo.InvariantCulture) : 0;
        var (year, month, day) = (Part("year"), Part("month"), Part("day"));
        if (year == 0 || month is 0 or > 12)
        {
            problem = year == 0 ? "year 0 is out of range" : "month value is outside expected range of 1-12";
            return false;
        }

        if (day == 0 || day > DateTime.DaysInMonth(year, month))
        {
            problem = "day value is outside expected range";
            return false;
        }

        var (hour, minute, second) = (Part("hour"), Part("minute"), Part("second"));
        if (hour > 23 || minute > 59 || second > 59)
        {
            problem = "time value is outside expected range";
            return false;
        }

        // Digits beyond microseconds are cut off, not rounded.
        var micros = match.Groups["fraction"].Value is { Length: > 0 } fraction ? int.Parse(fraction.PadRight(6, '0')[..6], CultureInfo.InvariantCulture) : 0;
        var clock = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).AddMicroseconds(micros);
        var zone = match.Groups["zone"].Value;
        var offset = zone is "" or "Z" or "z" ? TimeSpan.Zero : new TimeSpan(Part("offsetHours"), Part("offsetMinutes"), 0) * (zone[0] == '-' ? -1 : 1);
        var ticks = clock.Ticks - offset.Ticks;
        if (offset.Duration() >= TimeSpan.FromDays(1) || ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            problem = "timezone offset must be less than 24 hours";
            return false;
        }

        var suffix = zone.Length == 0 ? "" : offset == TimeSpan.Zero ? "Z" : (offset < TimeSpan.Zero ? "-" : "+") + offset.ToString("hh\\:mm", CultureInfo.InvariantCulture);
        moment = new Moment(new DateTimeOffset(ticks, TimeSpan.Zero), Local(clock) + suffix);
        return true;
    }

    private static string Local(DateTime clock)
    {
        var whole = clock.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        var micros = clock.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;
        return micros == 0 ? whole : whole + "." + micros.ToString("D6", CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^(?<year>[0-9]{4})-(?<month>[0-9]{2})-(?<day>[0-9]{2})([Tt _](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)? ?(?<zone>[Zz]|[+-](?<offsetHours>[0-9]{2}):?(?<offsetMinutes>[0-5][0-9]))?)?\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso8601();
}
