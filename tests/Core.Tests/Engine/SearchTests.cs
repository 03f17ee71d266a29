using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What a search brings up has something to do with what was asked, and says what.</summary>
public sealed class SearchTests : IAsyncLifetime
{
    private readonly TestEngine _engine = new();

    public async ValueTask InitializeAsync()
    {
        await _engine.SayAsync("s", "ann", "The ferry leaves from the old harbour", "My sister paints boats", "Nobody plays chess here any more");
        for (var session = 0; session < 4; session++)
            await _engine.SayAsync($"t{session}", "ben", "Cloudy with a little rain", "The train was late again", "Two eggs, some flour and a pinch of salt");
        await _engine.DrainAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_query_that_nothing_matches_finds_nothing() => Assert.Empty(await SearchAsync("quantum chromodynamics"));

    [Fact]
    public async Task A_name_alone_brings_up_its_author_where_no_word_is_found()
    {
        Assert.Equal(3, (await SearchAsync("ann")).Count);
        Assert.All(await SearchAsync("ann quantum chromodynamics"), found => Assert.Equal("ann", found.PeerId));
        Assert.Equal("The ferry leaves from the old harbour", (await SearchAsync("ann harbour"))[0].Content);
    }

    [Fact]
    public async Task A_name_beside_a_word_does_not_bring_up_all_that_its_author_said()
    {
        await _engine.SayAsync("u", "ben", "A lantern hangs at the gate");
        Assert.Equal(["A lantern hangs at the gate"], (await SearchAsync("ben lantern")).Select(found => found.Content));
    }

    [Fact]
    public async Task A_name_and_a_date_bring_up_what_was_said_then() =>
        Assert.Equal(3, (await SearchAsync($"what did ann do in {_engine.Time.GetUtcNow():MMMM yyyy}")).Count(found => found.PeerId == "ann"));

    [Fact]
    public async Task The_list_is_not_filled_up_with_what_merely_stands_nearest()
    {
        var found = await SearchAsync("harbour");
        Assert.Equal("The ferry leaves from the old harbour", found[0].Content);
        Assert.All(found, match => Assert.Equal("ann", match.PeerId));
    }

    [Fact]
    public async Task Who_judges_for_itself_may_see_the_nearest_however_far()
    {
        var found = await _engine.Core.MessageSearch.SearchAsync(new(Tenant, "quantum chromodynamics") { Limit = 10, IncludesUnrelated = true }, Cancel);
        Assert.NotEmpty(found.Items);
        Assert.All(found.Items, match => Assert.Null(match.Hit.TextRank));
    }

    [Fact]
    public async Task Similar_wording_is_found_without_a_word_in_common()
    {
        var found = await _engine.Core.MessageSearch.SearchAsync(new(Tenant, "ferryy harbor") { Limit = 10 }, Cancel);
        Assert.Equal("The ferry leaves from the old harbour", Assert.Single(found.Items, match => match.Hit.VectorRank is not null).Message.Content);
    }

    private async Task<IReadOnlyList<(string PeerId, string Content)>> SearchAsync(string query) =>
        [.. (await _engine.Core.MessageSearch.SearchAsync(new(Tenant, query) { Limit = 10 }, Cancel)).Items.Select(match => (match.Message.PeerId, match.Message.Content))];
}
