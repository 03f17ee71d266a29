using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Kith.Core.Tokens;

namespace Kith.Core.Tests.Tokens;

public sealed class TokenizerTests
{
    private static readonly Vector[] Vectors = JsonSerializer.Deserialize<Vector[]>(
        File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Tokens", "vectors.json")), JsonSerializerOptions.Web)!;

    [Fact]
    public void Encode_every_vector_gives_the_ids_of_the_original() =>
        Assert.All(Vectors, vector => Assert.Equal(vector.Ids, Tokenizer.Encode(vector.Text)));

    [Fact]
    public void Count_every_vector_gives_the_number_of_ids() =>
        Assert.All(Vectors, vector => Assert.Equal(vector.Ids.Length, Tokenizer.Count(vector.Text)));

    [Fact]
    public void Exceeds_every_vector_agrees_with_its_count()
    {
        Assert.All(Vectors, vector => Assert.False(Tokenizer.Exceeds(vector.Text, vector.Ids.Length)));
        Assert.All(Vectors.Where(vector => vector.Ids.Length > 0), vector => Assert.True(Tokenizer.Exceeds(vector.Text, vector.Ids.Length - 1)));
    }

    [Fact]
    public void Encode_lone_surrogates_count_as_replacement_characters()
    {
        // Attributes are stored as UTF-8 and could not hold these texts.
        Assert.Equal(Tokenizer.Encode("\ufffd"), Tokenizer.Encode("\ud800"));
        Assert.Equal(Tokenizer.Encode("a\ufffd\ufffdb"), Tokenizer.Encode("a\udc00\ud800b"));
        Assert.Equal(Tokenizer.Encode("\ufffd😀"), Tokenizer.Encode("\ud83d\ud83d\ude00"));
    }

    [Fact]
    public void Encode_special_token_text_is_ordinary_text() =>
        Assert.DoesNotContain(199999, Tokenizer.Encode("<|endoftext|>"));

    [Fact]
    public void Encode_long_piece_gives_the_ids_of_its_repeated_unit()
    {
        var eight = Tokenizer.Encode("aaaaaaaa");
        Assert.Equal(Enumerable.Repeat(Assert.Single(eight), 3125), Tokenizer.Encode(new string('a', 25_000)));
    }

    [Theory]
    [InlineData("a", 1_000_000)]
    [InlineData(" ", 1_000_000)]
    [InlineData("\n", 1_000_000)]
    [InlineData("日A", 500_000)]
    [InlineData("\u0301", 500_000)]
    [InlineData("😀", 250_000)]
    [InlineData("\ufffd", 300_000)]
    [InlineData("aB'", 300_000)]
    [InlineData("!\n", 500_000)]
    public void Count_hostile_repetition_takes_no_quadratic_time(string unit, int times)
    {
        var text = new StringBuilder().Insert(0, unit, times).ToString();
        var clock = Stopwatch.StartNew();

        Assert.InRange(Tokenizer.Count(text), 1, 3 * text.Length);

        // Half a second at most when idle; a quadratic algorithm would take minutes.
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(20), $"took {clock.Elapsed}");
    }

    [Fact]
    public void Count_from_many_threads_agrees() =>
        Parallel.ForEach(Enumerable.Repeat(Vectors, 8).SelectMany(all => all), vector =>
            Assert.Equal(vector.Ids.Length, Tokenizer.Count(vector.Text)));

    [Fact]
    public void Truncate_any_budget_gives_a_prefix_within_it_that_ends_on_a_character()
    {
        foreach (var (text, ids) in Vectors)
        {
            for (var budget = 0; budget <= ids.Length; budget += 1 + (budget / 8))
            {
                var prefix = Tokenizer.Truncate(text, budget);
                Assert.StartsWith(prefix, text, StringComparison.Ordinal);
                Assert.InRange(Tokenizer.Count(prefix), 0, budget);
                Assert.Equal(prefix, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(prefix)));
            }
        }
    }

    [Fact]
    public void Truncate_any_budget_gives_the_longest_prefix_that_fits()
    {
        foreach (var (text, ids) in Vectors.Where(vector => vector.Text.Length < 100))
        {
            for (var budget = 0; budget < ids.Length; budget++)
            {
                var longest = Enumerable.Range(0, text.Length + 1)
                    .Where(end => end == 0 || end == text.Length || !char.IsSurrogatePair(text[end - 1], text[end]))
                    .Last(end => Tokenizer.Count(text.AsSpan(0, end)) <= budget);
                Assert.Equal(text[..longest], Tokenizer.Truncate(text, budget));
            }
        }
    }

    [Fact]
    public void Truncate_within_the_budget_returns_the_text_itself()
    {
        var text = "hello world";
        Assert.Same(text, Tokenizer.Truncate(text, 2));
    }

    [Fact]
    public void Truncate_negative_budget_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Tokenizer.Truncate("a", -1));

    private sealed record Vector(string Text, int[] Ids);
}
