using Kith.Core.Recall;

namespace Kith.Core.Tests.Recall;

public sealed class SnippetTests
{
    private static readonly string Filler = string.Join(' ', Enumerable.Repeat("lorem", 100));

    [Fact]
    public void A_short_text_is_its_own_snippet() => Assert.Equal("I keep bees", Snippet.Of("I keep bees", "bees"));

    [Fact]
    public void The_place_with_most_of_the_words_is_shown_in_whole_words()
    {
        var text = $"bees {Filler} the roof has three hives of bees {Filler}";

        var snippet = Snippet.Of(text, "How many hives does the bee roof have?");

        Assert.Contains("the roof has three hives of bees", snippet, StringComparison.Ordinal);
        Assert.StartsWith("…lorem ", snippet, StringComparison.Ordinal);
        Assert.EndsWith(" lorem…", snippet, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_word_in_common_the_beginning_is_shown() =>
        Assert.StartsWith("lorem lorem", Snippet.Of(Filler, "zebra"), StringComparison.Ordinal);

    [Theory]
    [InlineData("🙂")]
    [InlineData("犬")]
    [InlineData("a b ")]
    [InlineData("ab🙂\n")]
    public void No_snippet_is_longer_than_it_may_be_or_cuts_a_character(string unit)
    {
        for (var length = 150; length < 280; length++)
        {
            var text = string.Concat(Enumerable.Repeat(unit, length)) + " needle " + string.Concat(Enumerable.Repeat(unit, 400 - length));

            var snippet = Snippet.Of(text, "needle");

            Assert.InRange(snippet.Length, 1, Snippet.MaxCharacters);
            Assert.DoesNotContain('\uFFFD', string.Concat(snippet.EnumerateRunes()));
            Assert.Contains("needle", snippet, StringComparison.Ordinal);
        }
    }
}
