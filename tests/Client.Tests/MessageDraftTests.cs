namespace Kith.Client.Tests;

public sealed class MessageDraftTests
{
    [Fact]
    public void What_fits_stays_one_message() => Assert.Equal(["I live in Rome."], new MessageDraft("alice", "I live in Rome.").Split().Select(part => part.Content));

    [Theory]
    [InlineData("\n", 25_000)]
    [InlineData(" ", 25_000)]
    [InlineData("x", 25_000)]
    [InlineData("🏔", 25_000)]
    public void What_does_not_fit_is_broken_where_it_hurts_least(string separator, int most)
    {
        var text = string.Concat(Enumerable.Repeat("a" + "word" + separator, 10_000));
        var parts = new MessageDraft("alice", text) { ClientId = "m", Metadata = new() { ["a"] = 1 } }.Split();
        Assert.Equal(text, string.Concat(parts.Select(part => part.Content)));
        Assert.All(parts, part => Assert.InRange(part.Content.Length, 1, most));
        Assert.All(parts, part => Assert.Equal((1, false), ((int)part.Metadata!["a"]!, char.IsLowSurrogate(part.Content[0]))));
        Assert.Equal(Enumerable.Range(1, parts.Count).Select(i => i == 1 ? "m" : $"m-{i}"), parts.Select(part => part.ClientId));
        if (separator is "\n" or " ")
            Assert.All(parts, part => Assert.StartsWith("aword", part.Content, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_but_space_is_no_message() => Assert.Single(new MessageDraft("alice", "Hello" + new string(' ', 60_000)).Split());
}
