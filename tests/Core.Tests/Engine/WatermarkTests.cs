using Kith.Core.Work;

namespace Kith.Core.Tests.Engine;

/// <summary>What a search of an index with a lag can be trusted to find.</summary>
public sealed class WatermarkTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    [Fact]
    public void Searchable_an_index_without_a_lag_finds_what_it_holds()
    {
        var marks = new Watermarks().WithIndexed(7, Start, TimeSpan.Zero);
        Assert.Equal(7, marks.Searchable(Start, TimeSpan.Zero));
        Assert.Null(marks.IndexedAt);
    }

    [Fact]
    public void Searchable_what_was_indexed_counts_when_the_lag_is_over()
    {
        var marks = new Watermarks { Indexed = 3 }.WithIndexed(7, Start, Lag);
        Assert.Equal(3, marks.Searchable(Start, Lag));
        Assert.Equal(3, marks.Searchable(Start + TimeSpan.FromSeconds(9), Lag));
        Assert.Equal(7, marks.Searchable(Start + Lag, Lag));
    }

    [Fact]
    public void With_indexed_never_moves_back()
    {
        var marks = new Watermarks().WithIndexed(7, Start, Lag);
        Assert.Same(marks, marks.WithIndexed(6, Start, Lag));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(25)]
    public void Searchable_in_a_busy_session_never_promises_too_much_and_stays_close_behind(int secondsBetween)
    {
        var marks = new Watermarks();
        var indexed = new List<(DateTimeOffset At, long Through)>();
        for (var i = 1; i <= 100; i++)
        {
            var now = Start.AddSeconds(i * secondsBetween);
            marks = marks.WithIndexed(i, now, Lag);
            indexed.Add((now, i));
            foreach (var later in new[] { now, now.AddSeconds(0.5 * secondsBetween) })
            {
                var certain = indexed.Where(write => later - write.At >= Lag).Select(write => write.Through).LastOrDefault();
                var before = indexed.Where(write => later - write.At >= (2 * Lag) + TimeSpan.FromSeconds(secondsBetween)).Select(write => write.Through).LastOrDefault();
                Assert.InRange(marks.Searchable(later, Lag), before, certain);
            }
        }
    }
}
