using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>People who move, in their own words, with the reasoner that needs no model: at once, and without losing where they lived before.</summary>
public sealed class MoveTests
{
    public static TheoryData<string, string, string[]> Moves =>
        new()
        {
            {
                "en", "I live in Berlin.",
                [
                    "I packed my bags, said goodbye to Berlin and moved to Rome.",
                    "We've just moved from Berlin to Rome.",
                    "Big news: I'm living in Rome now!",
                    "After six years in Berlin I relocated to Rome for good.",
                    "I don't live in Berlin any more, I've moved to Rome.",
                    "My home is in Rome these days.",
                    "I ended up moving to Rome last week.",
                    "Since Monday I've been living in Rome.",
                    "Rome is where I live now.",
                    "I've settled down in Rome and sold the flat in Berlin.",
                    "I switched cities: my new address is in Rome.",
                    "I used to live in Berlin, but now I live in Rome.",
                    "Rome has been my home since January.",
                    "I'm no longer in Berlin, I'm in Rome now.",
                    "I traded my flat in Berlin for one in Rome.",
                    "My husband got a job in Rome so we moved there in May.",
                    "As of last month, home is Rome."
                ]
            },
            {
                "de", "Ich wohne in Berlin.",
                [
                    "Ich bin letzte Woche von Berlin nach Rom gezogen.",
                    "Seit gestern wohne ich in Rom.",
                    "Wir sind nach Rom umgezogen.",
                    "Ich lebe nicht mehr in Berlin, sondern in Rom.",
                    "Mittlerweile bin ich in Rom zu Hause.",
                    "Unsere neue Wohnung liegt in Rom.",
                    "Ich habe mich in Rom niedergelassen.",
                    "Ich bin aus Berlin weggezogen und wohne jetzt in Rom.",
                    "Mein Wohnsitz ist jetzt Rom.",
                    "Rom ist jetzt mein Zuhause.",
                    "Rom ist seit Mai meine neue Heimat.",
                    "Inzwischen hat es uns nach Rom verschlagen.",
                    "Nach zehn Jahren Berlin bin ich jetzt in Rom daheim.",
                    "Meine Wohnung ist nicht mehr in Berlin, sondern in Rom."
                ]
            },
            {
                "es", "Vivo en Berlín.",
                [
                    "La semana pasada me mudé de Berlín a Roma.",
                    "Ahora vivo en Roma.",
                    "Nos hemos mudado a Roma.",
                    "Desde el lunes vivo en Roma con mi pareja.",
                    "Ya no vivo en Berlín sino en Roma.",
                    "Me he trasladado de Berlín a Roma.",
                    "Cambié Berlín por Roma.",
                    "Mi nuevo hogar es Roma.",
                    "Acabo de mudarme a Roma.",
                    "Me instalé en Roma el mes pasado.",
                    "Llevo un mes viviendo en Roma.",
                    "Roma es mi ciudad ahora.",
                    "Mi domicilio actual es en Roma.",
                    "Dejamos Berlín y nos instalamos en Roma."
                ]
            },
            {
                "fr", "J'habite à Berlin.",
                [
                    "J'ai déménagé de Berlin à Rome.",
                    "Je vis à Rome maintenant.",
                    "Nous avons emménagé à Rome la semaine dernière.",
                    "Je n'habite plus à Berlin mais à Rome.",
                    "Je viens de m'installer à Rome.",
                    "Depuis lundi, j'habite à Rome.",
                    "Mon nouvel appartement est à Rome.",
                    "J'ai quitté Berlin et je vis désormais à Rome.",
                    "Rome est ma nouvelle ville.",
                    "Je me suis établie à Rome.",
                    "On a déménagé à Rome.",
                    "Rome est devenue ma ville.",
                    "Mon adresse est désormais à Rome.",
                    "Je viens d'emménager à Rome."
                ]
            },
            {
                "pt", "Moro em Berlim.",
                [
                    "Na semana passada me mudei de Berlim para Roma.",
                    "Agora moro em Roma.",
                    "Já não moro em Berlim, moro em Roma.",
                    "Nós nos mudamos para Roma.",
                    "Estou morando em Roma desde segunda.",
                    "Acabei de me mudar para Roma.",
                    "Deixei Berlim e fui viver em Roma.",
                    "Minha nova casa fica em Roma.",
                    "Agora vivo em Roma com a minha irmã.",
                    "Mudei-me de Berlim para Roma em março.",
                    "Me mudei pra Roma.",
                    "Passei a morar em Roma.",
                    "Minha casa agora é em Roma."
                ]
            },
        };

    [Theory]
    [MemberData(nameof(Moves))]
    public async Task A_move_supersedes_the_old_home_at_once_and_keeps_it_in_history(string language, string before, string[] moves)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        for (var i = 0; i < moves.Length; i++)
            await engine.SayAsync($"{language}-before-{i}", $"p{i}", before);
        await engine.DrainAsync();
        var then = engine.Time.GetUtcNow();
        engine.Time.Advance(TimeSpan.FromDays(100));
        for (var i = 0; i < moves.Length; i++)
            await engine.SayAsync($"{language}-after-{i}", $"p{i}", moves[i]);
        await engine.DrainAsync();

        var wrong = new List<string>();
        for (var i = 0; i < moves.Length; i++)
        {
            var old = Assert.Single(await HomesAsync(engine, $"p{i}", new Clocks(AsOf: then)));
            var now = await HomesAsync(engine, $"p{i}", Clocks.Now);
            if (now is not [{ Language: { } told } home] || told != language || home.Supersedes is not [{ } superseded] || superseded != old.Id)
                wrong.Add($"{moves[i]} => {string.Join(" | ", now.Select(home => home.Content))}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("I'm moving to Rome next year.")]
    [InlineData("I have never lived in Rome but I love it.")]
    [InlineData("Rome is a beautiful city.")]
    [InlineData("We are thinking about moving to Rome.")]
    [InlineData("My sister has never lived here, she moved to Rome.")]
    [InlineData("Tengo que mudarme a Roma.")]
    [InlineData("Nos mudamos a Roma el mes que viene.")]
    [InlineData("Ich war in Rom zu Hause.")]
    [InlineData("Je dois déménager à Rome.")]
    [InlineData("Preciso me mudar para Roma.")]
    public async Task What_is_no_move_leaves_the_home_alone(string said)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await engine.SayAsync("s", "p", "I live in Berlin.");
        await engine.SayAsync("t", "p", said);
        await engine.DrainAsync();

        Assert.Equal(["p lives in Berlin."], (await HomesAsync(engine, "p", Clocks.Now)).Select(home => home.Content));
    }

    [Fact]
    public async Task A_move_told_with_a_rough_date_right_after_the_old_home_supersedes_it()
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await engine.SayAsync("s", "p", "I live in Berlin.");
        await engine.DrainAsync();
        var then = engine.Time.GetUtcNow();
        await engine.SayAsync("s", "p", "I moved to Rome last month.");
        await engine.DrainAsync();

        Assert.Equal(["p moved to Rome in April 2026."], (await HomesAsync(engine, "p", Clocks.Now)).Select(home => home.Content));
        Assert.Equal(["p lives in Berlin."], (await HomesAsync(engine, "p", new Clocks(AsOf: then))).Select(home => home.Content));
    }

    [Fact]
    public async Task A_move_takes_nothing_along_that_was_said_in_the_same_breath()
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await engine.SayAsync("s", "p", "I live in Rome and I love espresso.");
        await engine.SayAsync("s", "p", "I moved to Milan in May.");
        await engine.DrainAsync();

        var held = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "p", "p"), Cancel);
        Assert.Equal(["p loves espresso.", "p moved to Milan in May."], held.Select(conclusion => conclusion.Content).Order());
    }

    private static async Task<IReadOnlyList<Conclusion>> HomesAsync(TestEngine engine, string peer, Clocks clocks)
    {
        var held = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, peer, peer) { Clocks = clocks }, Cancel);
        return [.. held.Where(conclusion => conclusion.Slot == "home")];
    }
}
