using Kith.Core.Memory;
using Kith.Core.Reasoning;
using Kith.Core.Tokens;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What a person has one of and tells anew, in five languages, with the reasoner that needs no model.</summary>
public sealed class ChangeTests
{
    public static TheoryData<string, string, string, string[]> Changes =>
        new()
        {
            {
                "en", "job", "I work as a nurse.",
                ["I'm not a nurse anymore, I work as a teacher now.", "I switched jobs, I'm now a data engineer at Contoso.", "I left the hospital and joined Contoso as a manager.", "I quit my job.", "I started at Contoso on Monday.", "I'm freelancing now."]
            },
            { "de", "job", "Ich arbeite als Krankenschwester.", ["Ich arbeite jetzt als Lehrerin.", "Ich habe den Job gewechselt und arbeite nun bei Contoso.", "Ich habe gekündigt.", "Ich habe bei Contoso angefangen."] },
            { "es", "job", "Trabajo como enfermera.", ["Ahora trabajo como profesora.", "Cambié de trabajo: ahora estoy en Contoso.", "Empecé a trabajar en Contoso el lunes.", "Conseguí un nuevo puesto en Contoso."] },
            { "fr", "job", "Je travaille comme infirmière.", ["Je travaille maintenant comme professeur.", "J'ai changé de travail, je suis chez Contoso maintenant.", "J'ai commencé chez Contoso lundi.", "J'ai trouvé un nouveau poste chez Contoso."] },
            { "pt", "job", "Trabalho como enfermeira.", ["Agora trabalho como professora.", "Mudei de emprego: agora estou na Contoso.", "Comecei a trabalhar na Contoso na segunda.", "Consegui um emprego na Contoso."] },
            { "en", "relationship", "I'm married.", ["I got divorced in March.", "My husband and I split up.", "I'm single again."] },
            { "de", "relationship", "Ich bin verlobt.", ["Ich habe letzten Samstag geheiratet.", "Wir haben uns getrennt.", "Ich bin wieder ledig."] },
            { "es", "relationship", "Estoy soltera.", ["Me casé el sábado pasado.", "Estoy comprometida con Sam."] },
            { "fr", "relationship", "Je suis mariée.", ["Nous nous sommes séparés.", "Je suis divorcée depuis mars."] },
            { "pt", "relationship", "Estou solteira.", ["Me casei no sábado passado.", "Estou noiva do Sam."] },
            { "en", "age", "I'm 34 years old.", ["I turned 35 yesterday.", "It's my birthday today, I'm 35!"] },
            { "de", "age", "Ich bin 34 Jahre alt.", ["Ich bin gestern 35 geworden.", "Ich bin jetzt 35."] },
            { "es", "age", "Tengo 34 años.", ["Ayer cumplí 35 años.", "Acabo de cumplir 35 años."] },
            { "fr", "age", "J'ai 34 ans.", ["J'ai eu 35 ans hier.", "Je viens d'avoir 35 ans."] },
            { "pt", "age", "Tenho 34 anos.", ["Ontem fiz 35 anos.", "Acabei de fazer 35 anos."] },
            { "en", "favourite:colour", "My favourite colour is blue.", ["My favourite colour used to be blue, but now it's green.", "Blue isn't my favourite colour any more, it's green.", "Green is my favourite colour now."] },
            { "de", "favourite:farbe", "Meine Lieblingsfarbe ist Blau.", ["Meine Lieblingsfarbe ist jetzt Grün."] },
            { "es", "favourite:color", "Mi color favorito es el azul.", ["Ahora mi color favorito es el verde."] },
            { "fr", "favourite:couleur", "Ma couleur préférée est le bleu.", ["Ma couleur préférée est maintenant le vert."] },
            { "pt", "favourite:cor", "Minha cor favorita é azul.", ["Agora minha cor favorita é verde."] },
        };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_change_supersedes_what_was_so_at_once_and_keeps_it_in_history(string language, string slot, string before, string[] changes)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        for (var i = 0; i < changes.Length; i++)
            await engine.SayAsync($"before-{i}", $"p{i}", before);
        await engine.DrainAsync();
        var then = engine.Time.GetUtcNow();
        engine.Time.Advance(TimeSpan.FromDays(100));
        for (var i = 0; i < changes.Length; i++)
            await engine.SayAsync($"after-{i}", $"p{i}", changes[i]);
        await engine.DrainAsync();

        var wrong = new List<string>();
        for (var i = 0; i < changes.Length; i++)
        {
            var old = Assert.Single(await HeldAsync(engine, $"p{i}", slot, new Clocks(AsOf: then)));
            var now = await HeldAsync(engine, $"p{i}", slot, Clocks.Now);
            if (now is not [{ Language: { } told } held] || told != language || held.Supersedes is not [{ } superseded] || superseded != old.Id)
                wrong.Add($"{changes[i]} => {string.Join(" | ", now.Select(conclusion => conclusion.Content))}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("home", "I live in Berlin.", "If I get the job, I'm living in Rome by summer.")]
    [InlineData("home", "I live in Berlin.", "I left Rome yesterday and now I'm at the airport in Milan.")]
    [InlineData("home", "I live in Berlin.", "I'm in Rome now for a conference.")]
    [InlineData("job", "I work as a nurse.", "I lost my job application letter.")]
    [InlineData("job", "I work as a nurse.", "I don't like my job, but now I have to work late.")]
    [InlineData("relationship", "I'm married.", "I split up the tasks with Tom.")]
    [InlineData("relationship", "I'm married.", "My friend married Tom in May.")]
    [InlineData("favourite:colour", "My favourite colour is blue.", "My favourite part used to be the ending.")]
    public async Task What_is_no_change_leaves_what_is_so_alone(string slot, string before, string said)
    {
        await using var engine = new TestEngine(other: new ExtractiveReasoner(text => Tokenizer.Count(text)));
        await engine.SayAsync("s", "p", before);
        await engine.DrainAsync();
        var old = Assert.Single(await HeldAsync(engine, "p", slot, Clocks.Now));
        await engine.SayAsync("t", "p", said);
        await engine.DrainAsync();

        Assert.Equal(old.Id, Assert.Single(await HeldAsync(engine, "p", slot, Clocks.Now)).Id);
    }

    private static async Task<IReadOnlyList<Conclusion>> HeldAsync(TestEngine engine, string peer, string slot, Clocks clocks)
    {
        var held = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, peer, peer) { Clocks = clocks }, Cancel);
        return [.. held.Where(conclusion => conclusion.Slot == slot)];
    }
}
