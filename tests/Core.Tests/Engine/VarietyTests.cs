using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>A list of search results is not filled by what somebody says again and again.</summary>
public sealed class VarietyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_one_author_repeats_takes_one_place(bool indexed)
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "bot", [.. Enumerable.Repeat("Reminder: the harbour opens at nine", 8)]);
        await engine.SayAsync("s", "ann", "The ferry leaves from the old harbour in the evening", "We met at the harbour café");
        if (indexed)
            await engine.DrainAsync();

        var found = await SearchAsync(engine, limit: 3);

        Assert.Equal(3, found.Distinct().Count());
        Assert.Single(found, text => text.StartsWith("Reminder", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Where_there_is_room_repetitions_are_listed_too()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "bot", [.. Enumerable.Repeat("Reminder: the harbour opens at nine", 4)]);
        await engine.SayAsync("s", "ann", "We met at the harbour café");

        Assert.Equal(5, (await SearchAsync(engine, limit: 5)).Count);
    }

    [Fact]
    public async Task The_same_words_of_two_people_are_two_statements()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "ann", "I vote for the harbour", "I vote for the harbour!");
        await engine.SayAsync("s", "ben", "I vote for the harbour");
        await engine.SayAsync("s", "cem", "Somewhere near the harbour we lost the map of the islands");

        var found = (await engine.Core.MessageSearch.SearchAsync(new(Tenant, "vote harbour") { Limit = 2 }, Cancel)).Items;

        Assert.Equal(["ann", "ben"], found.Select(match => match.Message.PeerId).Order());
    }

    private static async Task<IReadOnlyList<string>> SearchAsync(TestEngine engine, int limit) =>
        [.. (await engine.Core.MessageSearch.SearchAsync(new(Tenant, "harbour") { Limit = limit }, Cancel)).Items.Select(match => match.Message.Content)];
}
