using Kith.Core.Context;
using Kith.Core.Memory;
using Kith.Core.Storage;
using static Kith.Core.Tests.Engine.TestEngine;

namespace Kith.Core.Tests.Engine;

/// <summary>Golden cases of spec honcho-engine §15.1 on summaries, context and representation.</summary>
public sealed class ContextTests
{
    private static readonly Partition Session = Partition.Conversation(Tenant, "s");

    [Theory]
    [InlineData(350, 200, SummaryKind.Long, 650)]
    [InlineData(450, 200, SummaryKind.Short, 800)]
    [InlineData(450, 420, null, 1000)]
    [InlineData(200, 200, SummaryKind.Short, 800)]
    [InlineData(150, 200, SummaryKind.Short, 800)]
    public async Task A_summary_may_take_two_fifths_of_the_budget_and_messages_get_the_rest(int longTokens, int shortTokens, SummaryKind? chosen, int left)
    {
        await using var engine = new TestEngine();
        var messages = new List<Conversations.Message>();
        for (var i = 0; i < 20; i++)
            messages.AddRange(await engine.SayAsync("s", "a", [.. Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word", 10)), 60)]));
        await PutAsync(engine, SummaryKind.Long, longTokens, messages[0]);
        await PutAsync(engine, SummaryKind.Short, shortTokens, messages[0]);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Tokens = 1000 }, Cancel);

        Assert.Equal(chosen, context.Summary?.Kind);
        Assert.Equal(left / 10, context.Messages.Count);
        Assert.Equal(messages[^1].Id, context.Messages[^1].Id);
    }

    [Fact]
    public async Task The_message_that_the_summary_ends_on_is_included_again()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", "one", "two", "three", "four");
        await PutAsync(engine, SummaryKind.Short, 10, messages[1]);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s"), Cancel);

        Assert.Equal(["two", "three", "four"], context.Messages.Select(message => message.Content));
    }

    [Fact]
    public async Task Without_a_summary_messages_start_at_the_beginning()
    {
        await using var engine = new TestEngine();
        var messages = await engine.SayAsync("s", "a", "one", "two", "three");
        await PutAsync(engine, SummaryKind.Short, 10, messages[2]);

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Summary = false }, Cancel);

        Assert.Null(context.Summary);
        Assert.Equal(3, context.Messages.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(3)]
    public async Task A_budget_smaller_than_the_newest_message_gives_no_messages(int tokens)
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "these are surely more than three tokens");

        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Tokens = tokens }, Cancel);

        Assert.Empty(context.Messages);
    }

    [Fact]
    public async Task An_unknown_session_is_empty_and_an_unknown_target_is_not_found()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "hello");

        Assert.Empty((await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "nowhere"), Cancel)).Messages);
        var refusal = await Assert.ThrowsAsync<KithException>(() =>
            engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Target = "nobody" }, Cancel));
        Assert.Equal(ErrorCode.NotFound, refusal.Code);
    }

    [Fact]
    public async Task Summaries_come_after_every_20th_and_60th_message_also_with_reasoning_off()
    {
        await using var engine = new TestEngine();
        await engine.Core.Sessions.GetOrCreateAsync(Tenant, "s", null, Json("""{"reasoning":{"enabled":false}}"""), null, null, Cancel);
        var ends = new List<(long?, long?)>();
        for (var i = 1; i <= 60; i++)
        {
            await engine.SayAsync("s", "a", $"m{i}");
            await engine.DrainAsync();
            if (i is 19 or 20 or 40 or 59 or 60)
            {
                var made = await engine.Core.Summaries.FindAsync(Tenant, "s", Cancel);
                ends.Add((made.Short?.Through, made.Long?.Through));
            }
        }

        Assert.Equal([(null, null), (20, null), (40, null), (40, null), (60, 60)], ends);
        Assert.Equal([20, 20, 20, 60], engine.Reasoner.Summaries.Select(request => request.Turns.Count).Order());
        Assert.Empty(await engine.KnownAsync("a", "a"));
    }

    [Fact]
    public async Task A_representation_of_25_without_a_query_is_the_newest_in_ascending_order()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 40).Select(i => $"fact number {i} {Word(i)}")]);
        await engine.DrainAsync();

        var selected = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a"), Cancel);

        Assert.Equal(Enumerable.Range(15, 25).Select(i => $"a: fact number {i} {Word(i)}"), selected.Select(conclusion => conclusion.Content));
    }

    [Fact]
    public async Task A_query_brings_in_what_is_similar_and_the_rest_is_recent()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", [.. Enumerable.Range(0, 60).Select(i => i == 3 ? "I keep bees on the roof" : $"fact number {i} {Word(i)}")]);
        await engine.DrainAsync();

        var selected = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a") { SearchQuery = "bees" }, Cancel);

        Assert.Equal(25, selected.Count);
        Assert.Equal("a: I keep bees on the roof", selected[0].Content);
    }

    [Fact]
    public async Task An_empty_allowlist_sees_nothing_and_a_session_only_its_own()
    {
        await using var engine = new TestEngine();
        await engine.SayAsync("s", "a", "I fish");
        await engine.SayAsync("t", "a", "I hunt");
        await engine.DrainAsync();

        Assert.Empty(await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a") { Sessions = [] }, Cancel));
        var limited = await engine.Core.Representations.SelectAsync(new RepresentationRequest(Tenant, "a", "a") { Sessions = ["t"] }, Cancel);
        Assert.Equal(["a: I hunt"], limited.Select(conclusion => conclusion.Content));
        var context = await engine.Core.Contexts.OfSessionAsync(new SessionContextRequest(Tenant, "s") { Target = "a", Sessions = ["s"] }, Cancel);
        Assert.Null(context.PeerCard);
        Assert.Contains("a: I fish", context.Representation, StringComparison.Ordinal);
        Assert.DoesNotContain("hunt", context.Representation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_rendered_representation_has_headings_and_dated_lines()
    {
        await using var engine = new TestEngine();
        await engine.Core.Messages.AppendAsync(Tenant, "s", [new("a", "I fish") { CreatedAt = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero) }], Cancel);
        await engine.DrainAsync();

        var text = await engine.Core.Representations.RenderAsync(new RepresentationRequest(Tenant, "a", "a"), Cancel);

        Assert.Equal("## Explicit Observations\n\n[2026-03-04 05:06:07] a: I fish\n\n", text);
    }

    private static string Word(int i) => new((char)('a' + (i % 26)), 3 + i);

    private static Task PutAsync(TestEngine engine, SummaryKind kind, int tokens, Conversations.Message last) => engine.Core.Store.PutAsync(
        Session,
        Summaries.IdOf(kind),
        new Summary { Kind = kind, Content = "…", MessageId = last.Id, Through = last.Sequence, CreatedAt = last.CreatedAt, TokenCount = tokens },
        DocumentJson.Default.Summary,
        Cancel);
}
