using Kith.Azure.Models;

namespace Kith.Models.Tests;

public sealed class CitationsTests
{
    [Theory]
    [InlineData("Rome [[c1]].", "Rome.", "c1")]
    [InlineData("Rome [[c1, m12]] and [[ c3 ;c1 ]] Oslo[[m2]]", "Rome and Oslo", "c1 c3 m12 m2")]
    [InlineData("Unknown. [[none]]", "Unknown.", "none")]
    [InlineData("A [[link]] and a[0] stay, [[c1", "A [[link]] and a[0] stay, [[c1", "")]
    [InlineData("Ends with [", "Ends with [", "")]
    [InlineData("Two  spaces\nand lines [[c2]]\nstay", "Two  spaces\nand lines\nstay", "c2")]
    public void Marks_are_taken_out_wherever_the_text_is_divided(string text, string expected, string labels)
    {
        for (var size = 1; size <= text.Length; size++)
        {
            var citations = new Citations();
            var shown = string.Concat(text.Chunk(size).Select(piece => citations.Take(new string(piece)))) + citations.Rest();

            Assert.Equal(expected, shown);
            Assert.Equal(labels, string.Join(' ', citations.Labels.Order(StringComparer.Ordinal)));
        }
    }

    [Fact]
    public void Brackets_that_never_close_hold_the_text_back_only_for_a_while()
    {
        var citations = new Citations();

        Assert.NotEmpty(citations.Take($"[[{new string('a', 300)}"));
    }
}
