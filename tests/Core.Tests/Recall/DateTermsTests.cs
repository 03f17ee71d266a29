using Kith.Core.Recall.Ranking;

namespace Kith.Core.Tests.Recall;

public sealed class DateTermsTests
{
    [Theory]
    [InlineData("What did Alice do in May 2023?", 2023, 5, null)]
    [InlineData("What happened on 8 May, 2023?", 2023, 5, 8)]
    [InlineData("What happened on June 3rd?", null, 6, 3)]
    [InlineData("Was hat sie im März gemacht?", null, 3, null)]
    [InlineData("¿Qué compró el 2 de agosto de 2024?", 2024, 8, 2)]
    [InlineData("Où est-elle allée en février ?", null, 2, null)]
    [InlineData("O que aconteceu em dezembro?", null, 12, null)]
    [InlineData("Which trips were there in 2022?", 2022, null, null)]
    [InlineData("May I ask what she may like?", null, null, null)]
    [InlineData("Did they march for 3 hours?", null, null, null)]
    [InlineData("Room 99999999999999999999 and 12 cats", null, null, null)]
    public void Of_reads_the_date_that_a_query_names(string query, int? year, int? month, int? day) =>
        Assert.Equal(new DateTerms(year, month, day), DateTerms.Of(query));

    [Theory]
    [InlineData(2023, 5, 8, 5)]
    [InlineData(2023, 5, 10, 5)]
    [InlineData(2023, 5, 28, 3)]
    [InlineData(2022, 5, 8, 0)]
    [InlineData(2023, 6, 8, 0)]
    public void Agreement_counts_the_parts_unless_month_or_year_differ(int year, int month, int day, int expected) =>
        Assert.Equal(expected, new DateTerms(2023, 5, 8).Agreement(new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero)));
}
