namespace Kith.Http.Tests.Memory;

/// <summary>What was true before a move, asked for through every route that looks back.</summary>
public sealed class MoveRouteTests(KithHost host) : IClassFixture<KithHost>
{
    private const string Between = "2026-02-01T00:00:00Z";

    [Theory]
    [InlineData("en", "I live in Berlin.", "Rome has been my home since last week.", "Where does anna live?", "Berlin", "Rome")]
    [InlineData("de", "Ich wohne in Berlin.", "Ich bin letzte Woche nach Rom gezogen.", "Wo wohnt anna?", "Berlin", "Rom")]
    [InlineData("es", "Vivo en Berlín.", "La semana pasada me mudé a Roma.", "¿Dónde vive anna?", "Berlín", "Roma")]
    [InlineData("fr", "J'habite à Berlin.", "J'ai emménagé à Rome la semaine dernière.", "Où habite anna ?", "Berlin", "Rome")]
    [InlineData("pt", "Moro em Berlim.", "Na semana passada me mudei para Roma.", "Onde mora anna?", "Berlim", "Roma")]
    public async Task Before_the_move_it_is_the_old_place_and_after_it_the_new_one(string language, string before, string move, string question, string old, string current)
    {
        var workspace = $"move-{language}";
        await SayAsync(workspace, before, "2026-01-05T10:00:00Z");
        await host.IdleAsync(workspace);
        await SayAsync(workspace, move, "2026-03-10T10:00:00Z");
        await host.IdleAsync(workspace);

        foreach (var (asOf, expected, other) in new[] { (Between, old, current), (null, current, old) })
        {
            var person = $"/v3/workspaces/{workspace}/peers/anna";
            var context = await host.SendAsync("GET", $"{person}/context" + (asOf is null ? "" : $"?as_of={Uri.EscapeDataString(asOf)}"));
            string[] told =
            [
                (string)(await host.SendAsync("POST", $"{person}/representation", new { as_of = asOf })).Json!["representation"]!,
                (string)context.Json!["representation"]!,
                (await host.SendAsync("POST", $"/v3/workspaces/{workspace}/conclusions/query", new { query = question, filters = new { observer_id = "anna", observed_id = "anna" }, as_of = asOf })).Text,
                (string)(await host.SendAsync("POST", $"{person}/chat", new { query = question, as_of = asOf })).Json!["content"]!,
            ];
            Assert.All(told, text => Assert.Contains(expected, text, StringComparison.Ordinal));
            // "Rom" is in "Rome", and a move may name where it came from.
            Assert.All(told, text => Assert.DoesNotContain($"{other}.", text, StringComparison.Ordinal));
        }
    }

    private Task SayAsync(string workspace, string content, string at) =>
        host.SendAsync("POST", $"/v3/workspaces/{workspace}/sessions/s/messages", new { messages = new[] { new { peer_id = "anna", content, created_at = at } } });
}
