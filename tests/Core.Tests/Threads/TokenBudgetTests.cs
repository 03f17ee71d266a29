using Kith.Core.Threads;

namespace Kith.Core.Tests.Threads;

/// <summary>The 35 items of upstream's own suite on token budgets (spec modelchorus §10), and what it gets wrong.</summary>
public sealed class TokenBudgetTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("Hello", 1)]
    [InlineData("This is a test sentence", 5)]
    [InlineData("abc", 0)]
    [InlineData("abcd", 1)]
    [InlineData("😀😀😀😀", 1)]
    public void A_token_is_four_characters(string text, int tokens) => Assert.Equal(tokens, TokenEstimate.Of(text));

    [Fact]
    public void A_thousand_characters_are_250_tokens() => Assert.Equal(250, TokenEstimate.Of(new string('a', 1000)));

    public static TheoryData<string, HistoryMessage, bool> Importance() => new()
    {
        { "a file", Say("short") with { Fields = new(["a.py"]) }, true },
        { "several files", Say("short") with { Fields = new(["a.py", "b.py"]) }, true },
        { "no files", Say("short") with { Fields = new([]) }, false },
        { "metadata", Say("short") with { HasMetadata = true }, true },
        { "a workflow", Say("short") with { Fields = new(WorkflowName: "chat") }, true },
        { "an empty workflow", Say("short") with { Fields = new(WorkflowName: "") }, false },
        { "501 characters", Of(501), true },
        { "500 characters", Of(500), false },
        { "short", Say("short"), false },
    };

    [Theory]
    [MemberData(nameof(Importance))]
    public void Importance_follows_from_what_a_message_carries(string what, HistoryMessage message, bool important) =>
        Assert.True(message.IsImportant == important, what);

    [Fact]
    public void Paths_of_files_are_counted() =>
        Assert.Equal(("12345678".Length + " one.py two.py".Length) / 4, (Say("12345678") with { Fields = new(["one.py", "two.py"]) }).Tokens);

    /// <summary>Sizes in tokens, an exclamation mark for importance; the budget; what is left, by place.</summary>
    [Theory]
    [InlineData("10 10 10", 100, "0 1 2")]
    [InlineData("10 10 10", 30, "0 1 2")]
    [InlineData("10 10 10", 29, "1 2")]
    [InlineData("10 50 10 10", 25, "2 3")]
    [InlineData("50 10", 15, "1")]
    [InlineData("10", 10, "0")]
    [InlineData("50", 10, "0")]
    [InlineData("10 50", 0, "1")]
    [InlineData("10! 50! 10", 15, "2")]
    [InlineData("", 100, "")]
    public void The_newest_without_a_gap_are_chosen(string sizes, int budget, string chosen) => Assert.Equal(chosen, Choose(sizes, budget, smart: false));

    [Theory]
    [InlineData("10 10 10", 100, "0 1 2")]
    [InlineData("10 10 10 10 10 10 10 10 10 10", 100, "3 4 5 6 7 8 9")]
    [InlineData("10! 10 10 10 10 10 10 10 10 10 10 10", 100, "0 5 6 7 8 9 10 11")]
    [InlineData("10! 10! 10! 10! 10! 10! 10! 10! 10! 10! 10! 10!", 100, "0 1 2 5 6 7 8 9 10 11")]
    [InlineData("10 10 90! 10 10 10 10 10 10 10 10 10", 100, "5 6 7 8 9 10 11")]
    [InlineData("40! 20! 10 60", 100, "1 2 3")]
    [InlineData("10! 90", 100, "0 1")]
    [InlineData("11! 90", 100, "1")]
    [InlineData("1! 500", 100, "1")]
    [InlineData("10! 10", 0, "1")]
    [InlineData("10", 10, "0")]
    [InlineData("50!", 10, "0")]
    [InlineData("", 100, "")]
    public void Smart_selection_keeps_important_older_ones_beside_the_newest(string sizes, int budget, string chosen) => Assert.Equal(chosen, Choose(sizes, budget, smart: true));

    [Fact]
    public void What_is_important_and_old_comes_before_what_is_new()
    {
        // Upstream puts the third of these twelve after the newest.
        Assert.Equal("2 5 6 7 8 9 10 11", Choose("10 10 10! 10 10 10 10 10 10 10 10 10", 100, smart: true));
    }

    [Fact]
    public void Messages_that_say_the_same_are_told_apart()
    {
        HistoryMessage same = Of(40);
        var messages = Enumerable.Range(0, 5).Select(place => (Place: place, Message: place == 0 ? same with { HasMetadata = true } : same)).ToList();
        Assert.Equal([0, 3, 4], TokenBudget.Smart(messages, message => message.Message, 30).Select(message => message.Place));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nothing_but_a_newest_message_that_is_too_large_goes_beyond_the_budget(bool smart)
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            var messages = Enumerable.Range(0, random.Next(1, 30)).Select(_ => Of(random.Next(1, 400)) with { HasMetadata = random.Next(3) == 0 }).ToList();
            var budget = random.Next(1, 800);
            var chosen = smart ? TokenBudget.Smart(messages, message => message, budget) : TokenBudget.Newest(messages, message => message, budget);
            Assert.Same(messages[^1], chosen[^1]);
            Assert.True(chosen.Count == 1 || chosen.Sum(message => message.Tokens) <= budget);
            Assert.Equal(chosen, messages.Where(message => chosen.Any(other => ReferenceEquals(other, message))));
        }
    }

    [Fact]
    public void Smart_selection_keeps_at_least_as_many_important_ones()
    {
        var messages = Enumerable.Range(0, 20).Select(place => Of(40) with { HasMetadata = place % 5 == 0 }).ToList();
        var smart = TokenBudget.Smart(messages, message => message, 100).Count(message => message.IsImportant);
        Assert.True(smart >= TokenBudget.Newest(messages, message => message, 100).Count(message => message.IsImportant));
    }

    private static string Choose(string sizes, int budget, bool smart)
    {
        var messages = sizes.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select((size, place) => (Place: place, Message: Of(4 * int.Parse(size.TrimEnd('!'), System.Globalization.CultureInfo.InvariantCulture)) with { HasMetadata = size.EndsWith('!') }))
            .ToList();
        var chosen = smart
            ? TokenBudget.Smart(messages, message => message.Message, budget)
            : TokenBudget.Newest(messages, message => message.Message, budget);
        return string.Join(' ', chosen.Select(message => message.Place));
    }

    private static HistoryMessage Say(string content) => new(Roles.User, content);

    private static HistoryMessage Of(int characters) => Say(new string('x', characters));
}
