using Kith.Http.Schema;

namespace Kith.Http.Tests.Schema;

public sealed class MomentTests
{
    [Theory]
    [InlineData("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z")]
    [InlineData("2024-01-02T03:04:05+00:00", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z")]
    [InlineData("2024-01-02T03:04:05.120000+02:00", "2024-01-02T01:04:05.120000Z", "2024-01-02T03:04:05.120000+02:00")]
    [InlineData("2024-01-02 03:04", "2024-01-02T03:04:00Z", "2024-01-02T03:04:00")]
    [InlineData("2024-01-02", "2024-01-02T00:00:00Z", "2024-01-02T00:00:00")]
    [InlineData("2024-01-02T03:04:05-0530", "2024-01-02T08:34:05Z", "2024-01-02T03:04:05-05:30")]
    [InlineData("2024-01-02T03:04:05.1234567", "2024-01-02T03:04:05.123456Z", "2024-01-02T03:04:05.123456")]
    [InlineData("1704164645", "2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z")]
    [InlineData("1704164645123", "2024-01-02T03:04:05.123000Z", "2024-01-02T03:04:05.123000Z")]
    public void Time_is_understood_and_echoed_as_it_was_said(string said, string instant, string echo)
    {
        Assert.True(Moment.TryParse(said, out var moment, out _));
        Assert.Equal((instant, echo), (Moment.Format(moment.Instant), moment.Text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("next Tuesday")]
    [InlineData("2024-13-01")]
    [InlineData("2024-02-30")]
    [InlineData("2024-01-02T25:00:00Z")]
    [InlineData("0000-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00+05:00")]
    [InlineData("9999-12-31T23:59:59-05:00")]
    [InlineData("2024-01-02T03:04:05+25:00")]
    [InlineData("2024-01-02T03:04:05Zjunk")]
    [InlineData("1e300")]
    [InlineData("NaN")]
    [InlineData("-1e15")]
    public void Nonsense_is_refused_with_a_reason(string said)
    {
        Assert.False(Moment.TryParse(said, out _, out var problem));
        Assert.NotEmpty(problem);
    }
}
