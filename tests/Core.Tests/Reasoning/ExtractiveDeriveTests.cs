using System.Diagnostics;
using Kith.Core.Reasoning;

namespace Kith.Core.Tests.Reasoning;

public sealed class ExtractiveDeriveTests
{
    // A Monday.
    private static readonly DateTimeOffset Said = new(2023, 5, 8, 12, 0, 0, TimeSpan.Zero);

    private static readonly ExtractiveReasoner Reasoner = new(text => text.Length / 4);

    [Theory]
    [InlineData("I moved to Rome last month.", "alice moved to Rome in April 2023.")]
    [InlineData("I've been a volunteer at the animal shelter.", "alice has been a volunteer at the animal shelter.")]
    [InlineData("I'm training for a marathon.", "alice is training for a marathon.")]
    [InlineData("I don't eat honey.", "alice doesn't eat honey.")]
    [InlineData("Well, you know, I study law in Graz, haha.", "alice studies law in Graz.")]
    [InlineData("My brother fixes bikes and I help him every weekend.", "alice's brother fixes bikes and alice helps him every weekend.")]
    [InlineData("Just finished reading a long novel about the sea.", "alice just finished reading a long novel about the sea.")]
    [InlineData("Planning a cycling tour with my cousin.", "alice is planning a cycling tour with their cousin.")]
    [InlineData("I'd never tasted oysters before.", "alice had never tasted oysters before.")]
    [InlineData("I'd like to learn Greek.", "alice would like to learn Greek.")]
    public async Task First_person_in_English_becomes_the_peer_with_verbs_agreeing(string said, string expected) =>
        Assert.Equal([expected], await Contents(said));

    [Theory]
    [InlineData("I went to the dentist yesterday.", "alice went to the dentist on 7 May 2023.")]
    [InlineData("I met Paula last Friday.", "alice met Paula on 5 May 2023.")]
    [InlineData("I met Paula on Friday.", "alice met Paula on 5 May 2023.")]
    [InlineData("I'm meeting Paula on Friday.", "alice is meeting Paula on 12 May 2023.")]
    [InlineData("Ich gehe am Freitag zum Zahnarzt.", "alice geht am 12. Mai 2023 zum Zahnarzt.")]
    [InlineData("I started cello lessons two weeks ago.", "alice started cello lessons in the week of 24 April 2023.")]
    [InlineData("I'm flying to Oslo next month.", "alice is flying to Oslo in June 2023.")]
    [InlineData("I visited Crete last summer.", "alice visited Crete in summer 2022.")]
    [InlineData("I've owned a boat since last year.", "alice has owned a boat since 2022.")]
    [InlineData("I sold my car a couple of days ago.", "alice sold their car on 6 May 2023.")]
    [InlineData("Ich habe gestern Brot gebacken.", "alice hat am 7. Mai 2023 Brot gebacken.")]
    [InlineData("Ich war vor zwei Wochen in Wien.", "alice war in der Woche vom 24. April 2023 in Wien.")]
    [InlineData("Ayer compré una bicicleta nueva.", "El 7 de mayo de 2023 alice compró una bicicleta nueva.")]
    [InlineData("J'ai visité Lyon la semaine dernière.", "alice a visité Lyon la semaine du 1 mai 2023.")]
    [InlineData("Ontem comprei uma bicicleta nova.", "Em 7 de maio de 2023 alice comprou uma bicicleta nova.")]
    public async Task Relative_dates_become_absolute_seen_from_the_message(string said, string expected) =>
        Assert.Equal([expected], await Contents(said));

    [Theory]
    [InlineData("de", "Ich wohne in Graz.", "alice wohnt in Graz.")]
    [InlineData("de", "Mein Hund heißt Rex.", "alices Hund heißt Rex.")]
    [InlineData("de", "Ich habe mir ein neues Fahrrad gekauft.", "alice hat sich ein neues Fahrrad gekauft.")]
    [InlineData("es", "Vivo en Lima.", "alice vive en Lima.")]
    [InlineData("es", "Mi perro se llama Rex.", "alice dice: su perro se llama Rex.")]
    [InlineData("es", "Me gusta mucho la música clásica.", "a alice le gusta mucho la música clásica.")]
    [InlineData("fr", "J'habite à Lyon.", "alice habite à Lyon.")]
    [InlineData("fr", "Je suis allergique aux noix.", "alice est allergique aux noix.")]
    [InlineData("pt", "Moro em Braga.", "alice mora em Braga.")]
    [InlineData("pt", "Minha cor favorita é azul.", "alice diz: sua cor favorita é azul.")]
    [InlineData("ru", "Я живу в Москве и работаю инженером.", "alice: \"Я живу в Москве и работаю инженером.\"")]
    [InlineData("ja", "私は東京に住んでいます。", "alice: \"私は東京に住んでいます。\"")]
    public async Task Statements_keep_the_language_of_their_speaker(string language, string said, string expected)
    {
        var statement = Assert.Single(await Derive(said));
        Assert.Equal((expected, language), (statement.Content, statement.Language));
    }

    [Theory]
    [InlineData("Hello! How are you?")]
    [InlineData("Thanks so much, that's great!")]
    [InlineData("haha yes")]
    [InlineData("Where did you buy that lamp?")]
    [InlineData("Wow, sounds awesome!")]
    [InlineData("Guten Morgen!")]
    [InlineData("👍👍👍")]
    [InlineData("```\nI = my + 1\n```")]
    [InlineData("Let's make it happen!")]
    [InlineData("Your support means a lot to me.")]
    [InlineData("I'll definitely check it out.")]
    [InlineData("Long time no see! I won't give up on my dreams.")]
    [InlineData("Ich halte dich auf dem Laufenden!")]
    [InlineData("#!/bin/bash\nset -e\nfor f in *.txt; do\n  echo \"$f\"\n  mv \"$f\" /tmp/a\ndone\nexport PATH=$PATH:/usr/local/bin")]
    [InlineData("def main():\n    total = price * count\n    print(total)\n    return total")]
    [InlineData("SELECT name, age FROM users WHERE city = 'Rome' AND age > 30;")]
    [InlineData("")]
    public async Task Small_talk_questions_and_code_give_nothing(string said) => Assert.Empty(await Derive(said));

    [Theory]
    [InlineData("I just relocated to Bergen.", "home")]
    [InlineData("I traded Oslo for Bergen.", "home")]
    [InlineData("Bergen is my home now.", "home")]
    [InlineData("We settled in Bergen.", "home")]
    [InlineData("Our new apartment in Bergen is lovely.", "home")]
    [InlineData("I finally made the move from Oslo to Bergen.", "home")]
    [InlineData("I left Oslo and started over in Bergen.", "home")]
    [InlineData("I now call Bergen home.", "home")]
    [InlineData("Ich habe Oslo gegen Bergen getauscht.", "home")]
    [InlineData("Ich bin nach Bergen umgezogen.", "home")]
    [InlineData("Mein neues Zuhause ist Bergen.", "home")]
    [InlineData("Ich habe Oslo verlassen und lebe jetzt in Bergen.", "home")]
    [InlineData("Me trasladé a Bergen.", "home")]
    [InlineData("Dejé Oslo por Bergen.", "home")]
    [InlineData("Mi nueva casa está en Bergen.", "home")]
    [InlineData("Je me suis installée à Bergen.", "home")]
    [InlineData("J'ai quitté Oslo pour Bergen.", "home")]
    [InlineData("Ya no vivo en Oslo, ahora vivo en Bergen.", "home")]
    [InlineData("Maintenant j'habite Bergen.", "home")]
    [InlineData("Je m'appelle Alice.", "name")]
    [InlineData("Fui morar em Bergen.", "home")]
    [InlineData("Me mudei para Bergen.", "home")]
    [InlineData("Troquei Oslo por Bergen.", "home")]
    [InlineData("I work for Volvo.", "job")]
    [InlineData("I got a new job at Volvo.", "job")]
    [InlineData("Ich arbeite als Köchin.", "job")]
    [InlineData("I'm a marine biologist at the university.", "job")]
    [InlineData("Trabajo como enfermera.", "job")]
    [InlineData("Je travaille comme infirmière.", "job")]
    [InlineData("Trabalho como enfermeira.", "job")]
    [InlineData("I turned 30 yesterday.", "age")]
    [InlineData("Tengo 40 años.", "age")]
    [InlineData("I got divorced two years ago.", "relationship")]
    [InlineData("My name is Alice.", "name")]
    [InlineData("My favorite color is teal.", "favourite:colour")]
    [InlineData("Meine Lieblingsfarbe ist Blau.", "favourite:farbe")]
    [InlineData("Mon film préféré est Amélie.", "favourite:film")]
    public async Task Facts_of_which_there_is_one_at_a_time_name_their_slot(string said, string slot) =>
        Assert.Equal(slot, Assert.Single(await Derive(said)).Slot);

    [Theory]
    [InlineData("I want to move to Spain.")]
    [InlineData("I used to live in Madrid.")]
    [InlineData("I no longer live in Madrid.")]
    [InlineData("Maybe I will work for Volvo some day.")]
    [InlineData("My sister lives in Madrid.")]
    [InlineData("I left Volvo in May.")]
    [InlineData("One of my favourite films is an old western.")]
    public async Task Wishes_memories_and_facts_of_others_have_no_slot(string said) =>
        Assert.All(await Derive(said), statement => Assert.Null(statement.Slot));

    [Fact]
    public async Task Two_exclusive_facts_in_one_sentence_become_two_statements()
    {
        var statements = await Derive("My name is Alice and I'm 34 years old.");
        Assert.Equal([("alice's name is Alice.", "name"), ("alice is 34 years old.", "age")], statements.Select(statement => (statement.Content, statement.Slot!)));
    }

    [Theory]
    [InlineData("I live in Rome and I love espresso.", "alice lives in Rome.", "alice loves espresso.")]
    [InlineData("I live in Rome, work as a nurse and love strong espresso.", "alice lives in Rome.", "alice works as a nurse.", "alice loves strong espresso.")]
    [InlineData("My name is Alice and I play the cello.", "alice's name is Alice.", "alice plays the cello.")]
    [InlineData("Ich wohne in Graz und ich liebe starken Espresso.", "alice wohnt in Graz.", "alice liebt starken Espresso.")]
    [InlineData("Vivo en Lima y me encanta el café.", "alice vive en Lima.", "a alice le encanta el café.")]
    [InlineData("J'habite à Lyon et j'adore le café noir.", "alice habite à Lyon.", "alice adore le café noir.")]
    [InlineData("Moro em Braga e toco violino.", "alice mora em Braga.", "alice toca violino.")]
    [InlineData("I have a dog called Nori and I'm learning the accordion.", "alice has a dog called Nori.", "alice is learning the accordion.")]
    [InlineData("Ich bin in Graz geboren. Ich esse kein Fleisch mehr.", "alice isst kein Fleisch mehr.", "alice ist in Graz geboren.")]
    public async Task What_may_change_is_told_apart_from_what_stands_beside_it(string said, params string[] expected) =>
        Assert.Equal(expected, await Contents(said));

    [Theory]
    [InlineData("I turned 30 yesterday and had a party.")]
    [InlineData("My wife and I live in Rome.")]
    [InlineData("I live in Rome with Anna and my brother.")]
    public async Task What_says_nothing_alone_stays_where_it_is(string said) => Assert.Single(await Derive(said));

    [Fact]
    public async Task A_trait_is_a_statement_of_its_own_for_the_card()
    {
        var statements = await Derive("We spent the whole afternoon at the lake with the neighbours. I'm allergic to peanuts. The weather was perfect for a long swim.");
        Assert.Equal(CardCategory.Attribute, Assert.Single(statements, statement => statement.Content == "alice is allergic to peanuts.").Card);
        Assert.Null(Assert.Single(statements, statement => statement.Content != "alice is allergic to peanuts.").Card);
    }

    [Fact]
    public async Task What_is_said_outright_is_not_lost_among_remarks() =>
        Assert.Contains("alice has opened a bakery in Ghent", Assert.Single(await Contents("Wow, what a wonderful thing to hear after such a long time. I've opened a bakery in Ghent. It was so hard and so good and so much of it all.")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Been a busy week since the big move of the office to the other side of the river.", "alice has been a")]
    [InlineData("Starting a small business of your own in this town takes a lot of courage and patience.", "alice is starting")]
    [InlineData("Gonna be a great night at the concert hall with all the artists of the region.", "alice is going to be")]
    public async Task A_subject_that_is_left_out_is_not_always_the_speaker(string said, string wrong) =>
        Assert.DoesNotContain(await Contents(said), content => content.Contains(wrong, StringComparison.Ordinal));

    [Fact]
    public async Task A_promise_to_the_other_is_remembered()
    {
        var statements = await Derive([new("m1", "bob", "The office closes early.", Said), new("m2", "alice", "I'll bring you the signed contract.", Said)]);
        Assert.Equal("alice will bring bob the signed contract.", Assert.Single(statements).Content);
    }

    [Fact]
    public async Task A_plan_is_more_than_an_invitation() =>
        Assert.Contains("12 May 2023", Assert.Single(await Contents("Let's meet at the old harbour café on Friday for the final rehearsal of the play.")), StringComparison.Ordinal);

    [Theory]
    [InlineData("Always answer in German, please.", "alice asks to always answer in German.")]
    [InlineData("Please don't use emojis.", "alice asks not to use emojis.")]
    [InlineData("Call me Ali.", "alice wants to be called Ali.")]
    [InlineData("Antworte bitte immer auf Deutsch.", "alice bittet: antworte bitte immer auf Deutsch.")]
    public async Task Instructions_are_statements_for_the_card(string said, string expected)
    {
        var statement = Assert.Single(await Derive(said));
        Assert.Equal((expected, CardCategory.Instruction), (statement.Content, statement.Card));
    }

    [Theory]
    [InlineData("I love hiking.", CardCategory.Attribute)]
    [InlineData("I am allergic to peanuts.", CardCategory.Attribute)]
    [InlineData("I'm allergic to shellfish, so no seafood for me tonight.", CardCategory.Attribute)]
    [InlineData("I have a dog called Rex.", CardCategory.Relationship)]
    [InlineData("I live in Lisbon.", CardCategory.Identity)]
    [InlineData("I went to the opera on Monday evening.", null)]
    public async Task Lasting_traits_are_marked_for_the_card(string said, CardCategory? category) =>
        Assert.Equal(category, Assert.Single(await Derive(said)).Card);

    [Fact]
    public async Task A_short_answer_is_joined_with_the_question_that_it_answers()
    {
        var statement = Assert.Single(await Derive([new("m1", "bob", "Did you study in Paris?", Said), new("m2", "alice", "Yes, in 2019.", Said)]));
        Assert.Equal("alice studied in Paris in 2019.", statement.Content);
        Assert.Equal(["m2", "m1"], statement.MessageIds);
        Assert.Equal(new DateTimeOffset(2019, 1, 1, 0, 0, 0, TimeSpan.Zero), statement.ValidFrom);
    }

    [Fact]
    public async Task An_answer_that_needs_its_question_quotes_it()
    {
        var statement = Assert.Single(await Derive([new("m1", "bob", "Do you have any siblings?", Said), new("m2", "alice", "Two brothers and a sister.", Said)]));
        Assert.Equal("alice says two brothers and a sister (asked: \"Do you have any siblings?\").", statement.Content);
        Assert.Equal(["m2", "m1"], statement.MessageIds);
    }

    [Theory]
    [InlineData("How old are you?", "29", "alice is 29.")]
    [InlineData("Where are you from?", "Portugal, originally.", "alice is from Portugal, originally.")]
    [InlineData("Where do you live?", "In a small village near Graz.", "alice lives in a small village near Graz.")]
    [InlineData("What's your favourite book?", "Definitely Dune.", "alice's favourite book is Dune.")]
    [InlineData("When is your birthday?", "March 3rd", "alice's birthday is March 3rd.")]
    [InlineData("What do you do for work?", "Nurse.", "alice works as a nurse.")]
    [InlineData("Do you have any pets?", "Yes, two cats, Luna and Milo.", "alice has two cats, Luna and Milo.")]
    public async Task An_answer_of_few_words_is_understood_by_its_question(string question, string answer, string expected)
    {
        var statement = Assert.Single(await Derive([new("m1", "bob", question, Said), new("m2", "alice", answer, Said)]));
        Assert.Equal((expected, "m1"), (statement.Content, statement.MessageIds[1]));
    }

    [Theory]
    [InlineData("What's your plan?", "I don't know yet.")]
    [InlineData("What's your favourite book?", "Sure, fine.")]
    public async Task An_evasive_answer_is_none(string question, string answer) =>
        Assert.Empty(await Derive([new("m1", "bob", question, Said), new("m2", "alice", answer, Said)]));

    [Theory]
    [InlineData("My son Leo turned 7 on March 3rd. He's allergic to peanuts.", "alice's son Leo turned 7 on March 3rd; he's allergic to peanuts.")]
    [InlineData("My daughter got married in Oslo.", "alice's daughter got married in Oslo.")]
    [InlineData("My brother works as a nurse.", "alice's brother works as a nurse.")]
    public async Task What_is_said_of_relatives_fills_no_slot_of_the_speaker(string said, string expected)
    {
        var statement = Assert.Single(await Derive(said));
        Assert.Equal((expected, null), (statement.Content, statement.Slot));
    }

    [Theory]
    [InlineData("I met Anna at the gym yesterday. She is a lawyer.", "alice met Anna at the gym on 7 May 2023; she is a lawyer.")]
    [InlineData("I'm scared of flying so we took the train to Paris.", "alice is scared of flying so alice and others took the train to Paris.")]
    [InlineData("Please remember that my anniversary is June 12.", "alice's anniversary is June 12.")]
    [InlineData("The deadline for the Apollo project is December 1st.", "alice says the deadline for the Apollo project is December 1st.")]
    [InlineData("Actually I hate coffee.", "alice hates coffee.")]
    public async Task What_is_told_in_a_few_words_is_remembered(string said, string expected) => Assert.Equal([expected], await Contents(said));

    [Fact]
    public async Task A_number_that_counts_is_no_year() => Assert.Null(Assert.Single(await Derive("My budget is 2000 euros.")).ValidFrom);

    [Fact]
    public async Task The_second_person_is_the_only_other_participant()
    {
        var statements = await Derive([new("m1", "bob", "I finished the budget.", Said), new("m2", "alice", "I borrowed your ladder for the roof of my cabin.", Said)]);
        Assert.Equal("alice borrowed bob's ladder for the roof of their cabin.", Assert.Single(statements).Content);
    }

    [Fact]
    public async Task Only_turns_of_the_observed_peer_give_statements()
    {
        var statements = await Derive([new("m1", "bob", "I keep bees in Ghent.", Said), new("m2", "alice", "I keep goats in Ghent.", Said)]);
        Assert.Equal(["m2"], Assert.Single(statements).MessageIds);
    }

    [Fact]
    public async Task The_player_of_the_game_is_known_by_what_they_seek()
    {
        var tavern = await Reasoner.DeriveAsync(new("w", "tavern", "player-one", [new("m1", "player-one", "I'm looking for a rare gemstone. Money is no object.", Said)]), TestContext.Current.CancellationToken);
        var alley = await Reasoner.DeriveAsync(new("w", "alley", "player-one", [new("m2", "player-one", "I need that gemstone stolen from the merchant. Quietly.", Said)]), TestContext.Current.CancellationToken);
        Assert.Equal("player-one is looking for a rare gemstone; Money is no object.", Assert.Single(tavern).Content);
        Assert.Equal("player-one needs that gemstone stolen from the merchant.", Assert.Single(alley).Content);
    }

    [Fact]
    public async Task A_long_text_with_lists_does_not_flood_the_memory()
    {
        var text = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"- **Step {i}**: I install the package number {i} on the server in the basement of building {i}."));
        Assert.InRange((await Derive(text)).Count, 1, 6);
    }

    [Fact]
    public async Task The_same_input_gives_the_same_statements()
    {
        const string text = "I moved to Rome last month. My dog Rex loves the park, and I work as a nurse at the clinic.";
        Assert.Equal(await Contents(text), await Contents(text));
    }

    public static TheoryData<string> Hostile =>
        [
            new string('a', 25_000),
            new string('?', 25_000),
            new string(' ', 25_000),
            string.Concat(Enumerable.Repeat("I ", 12_500)),
            string.Concat(Enumerable.Repeat("and I,", 4_000)),
            string.Concat(Enumerable.Repeat("😀", 12_500)),
            string.Concat(Enumerable.Repeat("[`", 12_500)),
            string.Concat(Enumerable.Repeat("last ", 5_000)),
            string.Concat(Enumerable.Repeat("j'", 12_500)),
            string.Concat(Enumerable.Repeat("\"Wow, ", 4_000)),
            new string('我', 25_000),
            "\ud800 I \udc00 am \0 here 'd 's ' ",
        ];

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Hostile_text_is_read_in_linear_time(string text)
    {
        var started = Stopwatch.GetTimestamp();
        var statements = await Derive(text);
        Assert.InRange(statements.Count, 0, 6);
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Messages_at_the_ends_of_the_calendar_are_read_without_their_relative_dates()
    {
        var statements = await Reasoner.DeriveAsync(new("w", "s", "alice", [new("m", "alice", "I bought a boat last year.", DateTimeOffset.MinValue), new("n", "alice", "I sold a boat yesterday.", DateTimeOffset.MaxValue)]), TestContext.Current.CancellationToken);
        Assert.Equal(["alice bought a boat last year.", "alice sold a boat yesterday."], statements.Select(statement => statement.Content));
    }

    private static Task<IReadOnlyList<Statement>> Derive(string said) => Derive([new Turn("m1", "alice", said, Said)]);

    private static Task<IReadOnlyList<Statement>> Derive(Turn[] turns) => Reasoner.DeriveAsync(new DeriveRequest("w", "s", "alice", turns), TestContext.Current.CancellationToken);

    private static async Task<IEnumerable<string>> Contents(string said) => (await Derive(said)).Select(statement => statement.Content);
}
