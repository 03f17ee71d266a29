using Kith.Core.Context;
using Kith.Core.Memory;
using Kith.Core.Storage;
using Kith.Core.Tokens;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>What holds for every session context, and how the budget is divided where it is short.</summary>
public sealed class ContextBudgetTests
{
    private const int Worlds = 12;
    private const int CasesPerWorld = 30;

    [Fact]
    public async Task A_context_never_exceeds_its_budget_and_has_no_gap_and_no_line_twice()
    {
        var random = new Random(20261120);
        await using var engine = new TestEngine();
        for (var world = 0; world < Worlds; world++)
        {
            var (session, peer) = ($"s{world}", $"p{world}");
            var messages = await FillAsync(engine, random, session, peer);
            for (var i = 0; i < CasesPerWorld; i++)
            {
                var request = Request(random, session, peer);
                var context = await engine.Core.Contexts.OfSessionAsync(request, Cancel);
                Check(request, context, messages);
            }
        }
    }

    [Fact]
    public async Task The_newest_message_comes_before_card_representation_and_summary()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", "hello", Words(80));
        await PutAsync(engine, "s", SummaryKind.Short, Words(30), messages[0]);
        await engine.Core.PeerCards.SetAsync(Tenant, "a", "a", [Words(4)], Cancel);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Tokens = 80, Target = "a" }, Cancel);

        Assert.Equal([messages[1].Id], context.Messages.Select(message => message.Id));
        Assert.Equal((null, 0), (context.Summary, context.PeerCard!.Count));
        Assert.Equal(new Truncation(CardLines: 1, Conclusions: 0, Messages: 1, Summary: true, TokensUsed: 80), context.Truncation);
    }

    [Fact]
    public async Task Card_and_representation_get_what_the_messages_leave()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.DrainAsync();
        await engine.Core.PeerCards.SetAsync(Tenant, "a", "a", [Words(40), Words(30)], Cancel);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Tokens = 110, Target = "a" }, Cancel);

        Assert.Equal([Words(40), Words(30)], context.PeerCard!);
        Assert.Contains("I fish", context.Representation, StringComparison.Ordinal);
        Assert.Null(context.Truncation);
    }

    [Fact]
    public async Task Of_two_summaries_that_fit_the_one_that_leaves_no_hole_is_taken()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", [.. Enumerable.Repeat(Words(10), 20)]);
        await PutAsync(engine, "s", SummaryKind.Long, Words(40), messages[2]);
        await PutAsync(engine, "s", SummaryKind.Short, Words(20), messages[14]);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Tokens = 110 }, Cancel);

        Assert.Equal(SummaryKind.Short, context.Summary?.Kind);
        Assert.Equal(messages.Skip(14).Select(message => message.Id), context.Messages.Select(message => message.Id));
        Assert.Null(context.Truncation);
    }

    [Fact]
    public async Task A_hole_behind_the_summary_is_reported()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", [.. Enumerable.Repeat(Words(10), 20)]);
        await PutAsync(engine, "s", SummaryKind.Long, Words(40), messages[2]);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Tokens = 100 }, Cancel);

        Assert.Equal(SummaryKind.Long, context.Summary?.Kind);
        Assert.Equal(new Truncation(0, 0, Messages: 11, Summary: false, TokensUsed: 100), context.Truncation);
    }

    private static void Check(SessionContextRequest request, SessionContext context, IReadOnlyList<Conversations.Message> messages)
    {
        var card = context.PeerCard ?? [];
        var used = context.Messages.Sum(message => Tokenizer.Count(message.Content))
            + Tokenizer.Count(context.Summary?.Content)
            + Tokenizer.Count(context.Representation)
            + card.Sum(line => Tokenizer.Count(line));
        Assert.InRange(used, 0, Math.Max(0, request.Tokens));
        Assert.Equal(used, context.Truncation?.TokensUsed ?? used);

        Assert.Equal(messages.TakeLast(context.Messages.Count).Select(message => message.Id), context.Messages.Select(message => message.Id));
        if (messages is [.., var newest] && newest.TokenCount <= request.Tokens && request.Tokens > 0)
            Assert.NotEmpty(context.Messages);

        var covered = Math.Max(context.Summary?.Through ?? 0, 0);
        var uncovered = messages.Count(message => message.Sequence > covered) - context.Messages.Count(message => message.Sequence > covered);
        Assert.Equal(uncovered, context.Truncation?.Messages ?? 0);

        Assert.Equal(card.Distinct(), card);
        var lines = (context.Representation ?? "").Split('\n').Where(line => line.Length > 0).ToArray();
        Assert.Equal(lines.Distinct(), lines);
    }

    private static SessionContextRequest Request(Random random, string session, string peer)
    {
        var hasTarget = random.Next(4) > 0;
        return new SessionContextRequest(Tenant, session)
        {
            Tokens = random.Next(4) == 0 ? random.Next(60) : random.Next(3001),
            Summary = random.Next(4) > 0,
            Target = hasTarget ? peer : null,
            Sessions = hasTarget && random.Next(5) == 0 ? [session] : null,
            SearchQuery = random.Next(2) == 0 ? Text(random, 3) : null,
            SearchTopK = random.Next(2) == 0 ? random.Next(1, 20) : null,
            IncludeMostFrequent = random.Next(2) == 0,
            MaxConclusions = random.Next(1, 101),
        };
    }

    /// <summary>A session with messages of every length, and perhaps conclusions (some said twice), a card and summaries.</summary>
    private static async Task<IReadOnlyList<Conversations.Message>> FillAsync(TestEngine engine, Random random, string session, string peer)
    {
        string[] texts = [.. Enumerable.Range(0, random.Next(1, 80)).Select(_ => Text(random, random.Next(12) == 0 ? 400 : random.Next(40)))];
        var messages = await engine.SayAsync(session, peer, texts);
        var conclusions = Enumerable.Range(0, random.Next(100)).Select(i => new NewConclusion(peer, peer, Text(random, random.Next(1, 25)) + i % 60, session)).ToArray();
        if (conclusions.Length > 0)
            await engine.Core.Conclusions.CreateAsync(Tenant, conclusions.Concat(conclusions.Take(5)).Take(100).ToArray(), Cancel);
        if (random.Next(3) > 0)
            await engine.Core.PeerCards.SetAsync(Tenant, peer, peer, [.. Enumerable.Range(0, random.Next(30)).Select(_ => Text(random, random.Next(1, 15)))], Cancel);
        if (random.Next(3) > 0)
            await PutAsync(engine, session, SummaryKind.Long, Text(random, random.Next(400)), messages[random.Next(messages.Count)]);
        if (random.Next(3) > 0)
            await PutAsync(engine, session, SummaryKind.Short, Text(random, random.Next(200)), messages[random.Next(messages.Count)]);
        return messages;
    }

    private static string Text(Random random, int words)
    {
        string[] vocabulary = ["bees", "Berlin", "naïve", "犬が好き", "🙂", "don't", "3.14", "antidisestablishmentarianism", "a"];
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => vocabulary[random.Next(vocabulary.Length)]));
    }

    private static string Words(int tokens) => string.Join(' ', Enumerable.Repeat("word", tokens));

    private static Task PutAsync(TestEngine engine, string session, SummaryKind kind, string content, Conversations.Message last) => engine.Core.Store.PutAsync(
        Partition.Conversation(Tenant, session),
        Summaries.IdOf(kind),
        new Summary { Kind = kind, Content = content, MessageId = last.Id, Through = last.Sequence, CreatedAt = last.CreatedAt, TokenCount = Tokenizer.Count(content) },
        DocumentJson.Default.Summary,
        Cancel);
}
